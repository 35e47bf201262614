"""``python -m storydesk.knowledge.compile`` writes ``world.json``. With ``companies``, or with ``provinces FILE``, it
first takes anew what is used of the package ``pytickersymbols``, or of CLDR's English names of regions (the npm package
``cldr-subdivisions-full``).
"""

import sys
from pathlib import Path

from storydesk.knowledge.compile import companies, provinces, write

if sys.argv[1:] == ["companies"]:
    companies.keep()
elif sys.argv[1:2] == ["provinces"]:
    provinces.keep(Path(sys.argv[2]))
write()
