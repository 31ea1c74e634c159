"""What the bot does in Discord, one cog a subject."""
