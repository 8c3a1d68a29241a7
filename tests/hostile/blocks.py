"""Blocks that try to break what runs them, with what a reader must then be told.

Kept as text.  `tests/book/test_hostile_blocks.py` tries them here, `tests/site/test_trust.py` in a page.
"""

# name: (the block, a part of what is shown below it)
BLOCKS = {
    # What a message is made of.
    "a message that raises": (
        "class E(Exception):\n    def __str__(self):\n        raise ValueError('no words')\nraise E",
        "E: <",
    ),
    "a message that ends Python": (
        "class E(Exception):\n    def __str__(self):\n        raise SystemExit(7)\nraise E",
        "E: <",
    ),
    "a message that is no text": (
        "class E(Exception):\n    def __str__(self):\n        return 42\nraise E",
        "E: <",
    ),
    "a message that is None": ("class E(Exception):\n    __str__ = None\nraise E", "E: <"),
    "a message with methods of its own": (
        "class S(str):\n    def __getitem__(self, i):\n        raise KeyError('mine')\n"
        "    __len__ = encode = __add__ = __format__ = __str__ = __getitem__\n"
        "class E(Exception):\n    def __str__(self):\n        return S('words')\nraise E",
        "E: ",
    ),
    "a message of 10 MB": ("raise ValueError('long ' * 2_000_000)", "Cut here"),
    "a message without end of lines": ("raise ValueError('\\n' * 300_000)", "Cut here"),
    "a message of half a character": ("raise ValueError('\\ud800')", "ValueError: "),
    "a message of control characters": ("raise ValueError('\\x00\\x1b[2J\\u202e')", "ValueError: "),
    "a broken repr in a message": (
        "class K:\n    def __repr__(self):\n        raise ZeroDivisionError('repr')\n{}[K()]",
        "KeyError",
    ),
    # What an error is.
    "a metaclass that hides the name": (
        "class M(type):\n    @property\n    def __name__(cls):\n        raise ValueError('no name')\n"
        "M.__module__ = M.__dict__['__name__']\n"
        "class E(Exception, metaclass=M):\n    pass\nraise E('told')",
        "E: told",
    ),
    "a metaclass that refuses all": (
        "class M(type):\n    def __getattribute__(cls, name):\n        raise SystemExit(name)\n"
        "class E(Exception, metaclass=M):\n    pass\nraise E('told')",
        "E: told",
    ),
    "a name that is a number": (
        "class M(type):\n    __name__ = 7\n    @property\n    def __module__(cls):\n        return 8\n"
        "class E(Exception, metaclass=M):\n    pass\nraise E('told')",
        "told",
    ),
    "a class that is another": (
        "class E(Exception):\n    @property\n    def __class__(self):\n        raise OSError('mine')\n"
        "raise E('told')",
        "told",
    ),
    "an error that refuses all": (
        "class E(Exception):\n    def __getattribute__(self, name):\n        raise SystemExit(name)\n"
        "raise E('told')",
        "E: ",
    ),
    "an error without a traceback": (
        "class E(Exception):\n    __traceback__ = property(lambda self: 1 / 0)\nraise E('told')",
        "told",
    ),
    "causes in a circle": (
        "a, b = ValueError('a'), ValueError('told')\na.__cause__, b.__cause__ = b, a\nraise b",
        "told",
    ),
    "causes without end": (
        "error = None\nfor i in range(20_000):\n    new = ValueError(i)\n    new.__cause__ = error\n"
        "    error = new\nraise error",
        "ValueError: 19999",
    ),
    "contexts without end": (
        "error = None\nfor i in range(20_000):\n    new = ValueError(i)\n    new.__context__ = error\n"
        "    error = new\nraise error",
        "ValueError: 19999",
    ),
    "a group in a group in a group": (
        "error = ValueError('core')\nfor i in range(5_000):\n"
        "    error = ExceptionGroup('told', [error])\nraise error",
        "told",
    ),
    "notes that are no list": ("e = ValueError('told')\ne.__notes__ = 42\nraise e", "told"),
    "notes that raise": (
        "class N:\n    def __str__(self):\n        raise SystemExit\n    __repr__ = __str__\n"
        "e = ValueError('told')\ne.__notes__ = [N()]\nraise e",
        "told",
    ),
    "notes that are asked": (
        "class E(ModuleNotFoundError):\n    def add_note(self, note):\n        raise OSError('mine')\n"
        "raise E('told')",
        "told",
    ),
    "a missing attribute of a liar": (
        "class E(AttributeError):\n    obj = property(lambda self: 1 / 0)\n"
        "    name = obj\nraise E('told')",
        "told",
    ),
    "names that raise when they are suggested": (
        "class C:\n    def __dir__(self):\n        raise SystemExit('mine')\nC().nothing",
        "nothing",
    ),
    "a syntax error that is none": (
        "e = SyntaxError('told')\ne.filename, e.lineno = 'block 1', 'seven'\n"
        "e.text, e.offset, e.end_offset = 42, 'x', []\nraise e",
        "told",
    ),
    "a syntax error far away": (
        "raise SyntaxError('told', ('block 1', 10**9, 10**9, 'x' * 9, 10**9, 10**9))",
        "told",
    ),
    "code that calls itself part of the book": (
        "exec(compile('1 / 0', 'elsewhere', 'exec'), {'__package__': 'mygrad.book'})",
        "ZeroDivisionError",
    ),
    "code in a dictionary of its own": (
        "class D(dict):\n    def get(self, *_):\n        raise OSError('mine')\n"
        "exec(compile('1 / 0', 'elsewhere', 'exec'), D())",
        "ZeroDivisionError",
    ),
    "an end of the generator": ("raise StopIteration('told')", "told"),
    "an exit of the generator": ("raise GeneratorExit('told')", "told"),
    "the root of all errors": ("raise BaseException('told')", "BaseException: told"),
    # Where it prints to.
    "closed output": ("import sys\nprint('told')\nsys.stdout.close()\nsys.stderr.close()", "told"),
    "output closed by its class": (
        "import io, sys\nprint('told')\nsys.stdout.flush()\nio.StringIO.close(sys.stdout)",
        "told",
    ),
    "no output": ("import sys\nprint('told')\nsys.stdout = sys.stderr = None", "told"),
    "output that raises": (
        "import sys\nclass O:\n    def write(self, text):\n        raise OSError('told')\n"
        "    flush = write\nsys.stdout = sys.stderr = O()\nprint(1)",
        "told",
    ),
    "output that is deleted": ("import sys\nprint('told')\ndel sys.stdout, sys.stderr", "told"),
    "a number as output": ("import sys\nsys.stdout.write(42)", "must be a str, and not int"),
    "output of a liar": (
        "import sys\nclass S(str):\n    def __getitem__(self, i):\n        raise KeyError('mine')\n"
        "    __len__ = encode = __add__ = endswith = __getitem__\nsys.stdout.write(S('told'))",
        "told",
    ),
    "output cut back": ("import sys\nprint('told')\nsys.stdout.seek(0)\nsys.stdout.truncate()", ""),
    "files closed": ("import os\nprint('told')\nos.closerange(0, 200)", "told"),
    # What runs it.
    "print deleted": ("import builtins\nprint('told')\ndel builtins.print", "told"),
    "isinstance and str gone": (
        "import builtins\nprint('told')\n"
        "builtins.isinstance = builtins.str = builtins.len = builtins.type = None",
        "told",
    ),
    "all builtins cleared": ("import builtins\nprint('told')\nvars(builtins).clear()", "told"),
    "an import that raises": (
        "import builtins\ndef no(*_):\n    raise OSError('told')\nbuiltins.__import__ = no\nimport json",
        "told",
    ),
    "ast patched": (
        "import ast\nprint('told')\nast.parse = lambda *_: 1 / 0\nast.Expr = int",
        "told",
    ),
    "json patched": (
        "import json\nprint('told')\njson.dumps = json.loads = lambda *_: 'owned'\n1 / 0",
        "ZeroDivisionError",
    ),
    "traceback patched": (
        "import traceback\ntraceback.format_exception = traceback.walk_tb = None\n1 / 0",
        "ZeroDivisionError",
    ),
    "linecache patched": (
        "import linecache\nlinecache.cache = None\nlinecache.getline = linecache.getlines = None\n1 / 0",
        "ZeroDivisionError",
    ),
    "contextlib patched": (
        "import contextlib\nprint('told')\n"
        "contextlib.redirect_stdout = contextlib.suppress = contextlib.contextmanager = None",
        "told",
    ),
    "os patched": (
        "import os\nprint('told')\nos.chdir = os.mkdir = os.getcwd = os.open = os.write = None",
        "told",
    ),
    "modules emptied": ("import sys\nprint('told')\nsys.modules.clear()", "told"),
    "modules replaced": ("import sys\nprint('told')\nsys.modules = sys.path = None", "told"),
    "no way to import": (
        "import sys\nprint('told')\nsys.meta_path.clear()\nsys.path_hooks.clear()\nsys.path.clear()",
        "told",
    ),
    "a trace of all calls": (
        "import sys\nprint('told')\ndef trace(*_):\n    raise OSError('mine')\nsys.settrace(trace)",
        "told",
    ),
    "a profile of all calls": (
        "import sys\nprint('told')\ndef profile(*_):\n    print('EVIL')\nsys.setprofile(profile)",
        "told",
    ),
    "a callback of the garbage collector": (
        "import gc\nprint('told')\ndef call(*_):\n    raise OSError('mine')\ngc.callbacks.append(call)",
        "told",
    ),
    "the excepthooks": (
        "import sys\ndef hook(*_):\n    raise OSError('mine')\n"
        "sys.excepthook = sys.unraisablehook = sys.displayhook = hook\n1 / 0",
        "ZeroDivisionError",
    ),
    "warnings as errors": (
        "import warnings\nwarnings.simplefilter('error')\nwarnings.warn('told')",
        "told",
    ),
    "warnings patched": (
        "import warnings\nprint('told')\n"
        "warnings.showwarning = warnings.warn = warnings._showwarnmsg = None\neval('1 is 1')",
        "told",
    ),
    "elsewhere": (
        "import os\nprint('told')\nos.mkdir('in')\nos.chdir('in')\nos.rmdir('../in')",
        "told",
    ),
    "the folder removed": (
        "import os, shutil\nprint('told')\nshutil.rmtree(os.getcwd())",
        "told",
    ),
    "no depth": (
        "import sys\nprint('told')\nsys.setrecursionlimit(60)",
        "told",
    ),
    "the book's own modules forgotten": (
        "import sys\nprint('told')\nfor name in [*sys.modules]:\n"
        "    if name.startswith('mygrad'): del sys.modules[name]",
        "told",
    ),
    "the package cleared": (
        "import mygrad, mygrad.engine\nprint('told')\nvars(mygrad).clear()\nvars(mygrad.engine).clear()",
        "told",
    ),
    "names that are no text": ("print('told')\nglobals()[7] = 8\nglobals()[None] = None", "told"),
    "names cleared": ("print('told')\nglobals().clear()", "told"),
    # What it ends with.
    "a last value whose class refuses": (
        "class M(type):\n    def __getattribute__(cls, name):\n        raise OSError('told')\n"
        "class C(metaclass=M):\n    pass\nC()",
        "told",
    ),
    "a last value that cannot be shown": (
        "print('told')\nclass C:\n    def __repr__(self):\n        raise SystemExit\n"
        "    __str__ = __repr__\nC()",
        "told",
    ),
    "a picture that is a number": (
        "class P:\n    def _repr_svg_(self):\n        return 42\nP()",
        "_repr_svg_ must return a str, and not int",
    ),
    "a picture that is bytes": (
        "class P:\n    def _repr_svg_(self):\n        return b'<svg/>'\nP()",
        "_repr_svg_ must return a str, and not bytes",
    ),
    "a picture of 100 MB": (
        "class P:\n    def _repr_svg_(self):\n        return '<svg>' * 20_000_000\nP()",
        "a picture has 5,000,000 characters at most",
    ),
    "a picture that is no method": ("class P:\n    _repr_svg_ = 42\nP()", "TypeError"),
    "a picture that ends Python": (
        "class P:\n    def _repr_svg_(self):\n        raise SystemExit('told')\nP()",
        "SystemExit: told",
    ),
    "a picture that interrupts": (
        "class P:\n    def _repr_svg_(self):\n        raise KeyboardInterrupt('told')\nP()",
        "KeyboardInterrupt: told",
    ),
    "a picture that prints": (
        "class P:\n    def _repr_svg_(self):\n        print('told')\n        return '<svg></svg>'\nP()",
        "told",
    ),
    "a picture that is a liar": (
        "class S(str):\n    def encode(self, *_):\n        raise KeyError('mine')\n"
        "    __str__ = __getitem__ = __iter__ = encode\n"
        "class P:\n    def _repr_svg_(self):\n        return S('<svg></svg>')\nprint('told')\nP()",
        "told",
    ),
    "other kinds of pictures": (
        "class P:\n    def _repr_html_(self):\n        return 42\n"
        "    def _repr_mimebundle_(self, **_):\n        raise SystemExit\nprint('told')\nP()",
        "told",
    ),
    "a film of a liar": (
        "from mygrad import Value, draw_steps\nfilm = draw_steps(Value(2.0) * 3)\n"
        "type(film).html = lambda *_: 1 / 0\nfilm",
        "ZeroDivisionError",
    ),
    # Whatever else.
    "no code": ("", ""),
    "not Python": ("told = = told", "SyntaxError"),
    "a zero byte": ("print('told')\x00", ""),
    "half a character": ("print('told')\n'\ud800'", ""),
    "a very long line": ("x = " + "+".join(["1"] * 500) + "\nprint('told')", "told"),
    "brackets without end": ("(" * 10_000, "Error"),
    "an await": ("await nothing", "SyntaxError"),
}
