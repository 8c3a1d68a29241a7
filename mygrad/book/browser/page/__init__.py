"""What runs in a page's Python, called by docs/assets/python/worker.js.

shims.py    what that Python has in another way than one at home
loop.py     asyncio there
imports.py  what a block imports that the page has to fetch first
reset.py    puts back what a page's blocks have changed in modules
reports.py  and in how warnings and logging report
output.py   what a block prints, sent on as it comes
api.py      runs the blocks
warmup.py   what runs while nobody waits
"""
