"""The verdict on a claim as it was read, and whether it was understood well enough to be called wrong."""
