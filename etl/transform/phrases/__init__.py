"""The words that say what is measured, and whether it is a level, a change or a share."""
