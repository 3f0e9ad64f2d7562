# Every word here is a word of setup_villagebooks.py, which says what it does; run.cmd is the same door on Windows.
PYTHON ?= python3
WORDS := run help install test lint bench soak words screenshots lock package

.PHONY: $(WORDS)
$(WORDS):
	@$(PYTHON) setup_villagebooks.py $@ $(ARGS)
