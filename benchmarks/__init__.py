"""Accuracy and speed as measured, each beside a named peer where there is one."""
