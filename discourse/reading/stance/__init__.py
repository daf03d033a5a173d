"""Who stands how toward whom: mentions, rules, positions and statements."""
