"""What people see: cards, and how they look in Discord, in a terminal and to a program."""
