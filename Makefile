# Every word here is a word of setup_villagebooks.py, which says what it does; run.cmd is the same door on Windows.
PYTHON ?= python3

.PHONY: run install test lint bench soak words screenshots lock package
run install test lint bench soak words screenshots lock package:
	@$(PYTHON) setup_villagebooks.py $@ $(ARGS)
