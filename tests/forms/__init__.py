"""The forms: what is placed, proved, and never guessed."""
