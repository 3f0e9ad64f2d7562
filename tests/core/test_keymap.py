"""The table of keys is read whole or refused; the manual's words for keys follow a map."""

from __future__ import annotations

import pytest

from villagebooks.core.keymap import ACTS, DOCUMENTED, KINGDEE, YONYOU, KeyMap, key_words, read_keymaps
from villagebooks.services.keymap import keymaps

SAME = ("new", "templates", "sign", "post", "more", "schedules")
"""Acts whose keys are written out in sentences of the window: they must be the same in both maps."""


def rows(**changed: str) -> list[dict[str, str]]:
    keys = {act: f"Ctrl+{chr(65 + place)}" for place, act in enumerate(ACTS)} | changed
    return [{"act": a, YONYOU: k, KINGDEE: k, "yonyou_from": "own", "kingdee_from": "own"} for a, k in keys.items()]


def test_both_maps_name_every_act_and_no_key_twice() -> None:
    maps = keymaps()
    assert list(maps) == [YONYOU, KINGDEE]
    assert all(set(one.keys) == set(ACTS) for one in maps.values())
    assert (maps[YONYOU].first("save"), maps[KINGDEE].first("save")) == ("F6", "F8")
    assert (maps[YONYOU].first("list"), maps[KINGDEE].first("list")) == ("F2", "F7")
    assert {maps[YONYOU].origin[act] for act in ("new", "save", "list", "balance", "flip")} == {DOCUMENTED}


@pytest.mark.parametrize("act", SAME)
def test_keys_that_sentences_write_out_are_the_same_in_both(act: str) -> None:
    maps = keymaps()
    assert maps[YONYOU].first(act) == maps[KINGDEE].first(act)


def test_a_table_that_lacks_an_act_or_gives_a_key_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="save"):
        read_keymaps([row for row in rows() if row["act"] != "save"])
    with pytest.raises(ValueError, match=YONYOU):
        read_keymaps(rows(save="F5", new="F5"))


def test_a_key_is_found_by_its_name_but_what_is_typed_is_no_shortcut() -> None:
    one = KeyMap("x", {"save": ("F6", "Ctrl+S"), "flip": ("Space",)}, {})
    assert (one.act("Ctrl+S"), one.act("Space"), one.act("F9")) == ("save", "", "")
    assert (one.first("flip"), one.all("save"), one.first("carry")) == ("空格", ("F6", "Ctrl+S"), "")


def test_words_for_keys_follow_the_map_in_use_or_the_one_that_is_named() -> None:
    maps = keymaps()
    assert key_words("按key:save保存", maps, KINGDEE) == "按`F8`保存"
    assert key_words("keys:save@yonyou，keys:flip", maps, KINGDEE) == "`F6`、`Ctrl+S`，空格"
    assert key_words("用keymap:used键位", maps, KINGDEE) == "用金蝶键位"
    assert key_words("keys:carry", maps, KINGDEE) == "—"
    with pytest.raises(ValueError, match="nothing"):
        key_words("key:nothing", maps, YONYOU)
