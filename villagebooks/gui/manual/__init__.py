"""The manual inside the window: F1 opens the chapter of the page in hand."""
