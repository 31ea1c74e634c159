"""Feeds on the web: asked when their time has come, and their articles fetched."""
