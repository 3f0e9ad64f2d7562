"""The places of an office's window: a module builds one page and says who listens to it."""
