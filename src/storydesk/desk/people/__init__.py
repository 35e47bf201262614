"""Those who have an account or an address here: how they come in, what they hold, and how they go."""
