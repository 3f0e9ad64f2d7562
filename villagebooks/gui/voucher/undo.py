"""撤销 and 重做 over the whole form: a run of typing in one cell is one step, every other act is one."""

from __future__ import annotations

from villagebooks.core.unsaved import SheetText, Slot, changed_slots, slot_length

MOST_STEPS = 500


class History:
    """States of a form. `note` is called before each act and when the cursor moves, with what the form says now."""

    def __init__(self) -> None:
        self._states: list[SheetText] = []
        self._place = 0
        self._slot: Slot | None = None

    def begin(self, state: SheetText) -> None:
        """A voucher is shown: nothing can be undone yet."""
        self._states, self._place, self._slot = [state], 0, None

    def note(self, state: SheetText, moved: bool = False) -> None:
        """What the form says now; with `moved` the cursor leaves: what that made of the cell belongs to its step."""
        if not self._states:
            return
        before = self._states[self._place]
        changed = changed_slots(before, state)
        if changed:
            slot = next(iter(changed)) if len(changed) == 1 else None
            typed = slot is not None and slot_length(state, slot) == slot_length(before, slot) + 1
            self._keep(state, merge=slot is not None and slot == self._slot and (typed or moved))
            self._slot = slot
        if moved:
            self._slot = None

    def undo(self) -> SheetText | None:
        """The state one step back, None at the beginning."""
        return self._go(-1)

    def redo(self) -> SheetText | None:
        """The state one step on, None at the end."""
        return self._go(1)

    def settle(self, state: SheetText) -> None:
        """What the form made of the state that was asked for: a cell that the cursor left is settled."""
        self._states[self._place] = state

    def _keep(self, state: SheetText, merge: bool) -> None:
        del self._states[self._place + 1 :]
        if merge and self._place:
            self._states[self._place] = state
        else:
            self._states.append(state)
        # the beginning always stays: undoing everything leads to the voucher as it was shown
        del self._states[1 : max(1, len(self._states) - MOST_STEPS)]
        self._place = len(self._states) - 1

    def _go(self, by: int) -> SheetText | None:
        place = self._place + by
        if not 0 <= place < len(self._states):
            return None
        self._place, self._slot = place, None
        return self._states[place]
