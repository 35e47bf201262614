"""``python -m storydesk.knowledge.compile`` writes ``world.json`` anew."""

from storydesk.knowledge.compile.world import write

if __name__ == "__main__":
    write()
