"""Articles fetched from their addresses, politely and resumably."""
