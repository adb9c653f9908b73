"""Rehearsals: a written meeting, and how it is played into a running one."""
