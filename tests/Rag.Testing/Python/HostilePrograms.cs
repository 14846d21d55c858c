using System.Text;

namespace Rag.Testing.Python;

/// <summary>Programs that no honest model would write: ways out of a sandbox, bombs, nesting, values that hold themselves, broken text. Endless, and the same for the same seed.</summary>
public sealed class HostilePrograms(int seed, IReadOnlyList<string> honest)
{
    private static readonly string[] Dunders =
    [
        "__class__", "__bases__", "__base__", "__mro__", "__subclasses__", "__globals__", "__builtins__", "__import__", "__dict__", "__init__", "__new__", "__code__", "__closure__", "__getattribute__",
        "__reduce__", "__module__", "__self__", "__func__", "__loader__", "__spec__", "__call__", "__name__", "__doc__", "__defaults__", "__wrapped__", "mro", "gi_frame", "f_globals", "f_back", "cr_frame", "tb_frame", "func_globals",
        "GetType", "Assembly", "Invoke", "Text", "Ref", "Object", "ToString", "Items", "Type",
    ];

    private static readonly string[] Values =
    [
        "()", "[]", "''", "{}", "1", "1.5", "True", "None", "(lambda: 0)", "(x for x in [1])", "len", "print", "int", "type", "object", "Exception()", "range(3)", "'{0}'.format", "[].append", "{}.items()", "{1}", "...", "NotImplemented",
        "iter([])", "map(len, [])", "math", "datetime", "math.sqrt", "datetime.date(2020, 1, 1)", "Counter('a')", "deque([1])", "Fraction(1, 2)", "A", "A()", "A().f", "super", "type(1)", "frozenset()", "zip()",
    ];

    private static readonly string[] Names = ["eval", "exec", "open", "compile", "__import__", "getattr", "setattr", "delattr", "globals", "locals", "vars", "dir", "breakpoint", "input", "memoryview", "bytes", "exit", "quit", "help", "id", "__builtins__", "__loader__", "__file__"];

    private static readonly string[] Modules = ["os", "sys", "subprocess", "socket", "ctypes", "builtins", "importlib", "io", "pathlib", "shutil", "sympy", "numpy", "time", "random", "threading", "gc", "inspect", "pickle", "System", "clr", "os.path", "a.b.c.d"];

    private static readonly string[] Huge = ["10**10**10", "10**9", "2**(2**40)", "10**12", "-10**30", "2**63", "10**5000", "1e308", "float('inf')", "float('nan')", "-1", "10**100000", "9**9**9", "1 << 10**9", "10**7"];

    private static readonly string[] Bombs =
    [
        "'a' * {0}", "[0] * {0}", "(1,) * {0}", "{0} ** {0}", "range({0})", "list(range({0}))", "f'{{1:{{{0}}}}}'", "'%*d' % ({0}, 1)", "'x'.center({0})", "'x'.ljust({0})", "'1'.zfill({0})", "str({0})", "int('9' * {0})", "1 << {0}",
        "math.factorial({0})", "math.comb({0}, {0} // 2)", "math.perm({0}, 10**6)", "pow(3, {0}, {0} + 1)", "math.isqrt({0})", "[[0] * 1000] * {0}", "sum(range({0}))", "'ab'.replace('', 'x' * 1000000).replace('x', 'y' * {0})",
        "','.join(['a' * 1000] * {0})", "[x for x in range({0})]", "{{x: x for x in range({0})}}", "set(range({0}))", "list(itertools.product(range(100), repeat=50))", "list(itertools.repeat(1, {0}))", "sorted(range({0}))", "tuple(x for x in range({0}))",
        "round({0}, {0})", "round(1.5, {0})", "'{{:{0}}}'.format(1)", "f'{{1:.999999999f}}'", "'a'.expandtabs({0})", "('\\t' * 1000).expandtabs({0})", "math.lcm(*range(1, 100000))", "Fraction(1, 3) ** {0}", "datetime.timedelta(days={0})", "datetime.date(1, 1, 1) + datetime.timedelta(days={0})",
        "max(itertools.count())", "list(itertools.cycle([1]))", "any(0 for _ in itertools.count())", "hash({0})", "bin({0})", "hex(1 << {0} % 10**6)", "float({0})", "{0} / 7", "{0} // 7 % 5", "sum([[1]] * {0}, [])", "'a' in 'b' * {0}", "print('x' * {0})", "chr({0})", "deque(range({0}))", "Counter(range({0}))",
    ];

    private static readonly string[] Traps =
    [
        "while True: pass", "while True:\n    try:\n        1/0\n    except Exception:\n        pass", "def f(): return f()\nf()", "def f(n):\n    try:\n        return f(n + 1)\n    finally:\n        return f(n + 1)\nf(0)",
        "try:\n    while True: pass\nexcept BaseException:\n    print('caught')\nfinally:\n    while True: pass", "x = []\nwhile True: x = [x]", "x = []\nwhile True: x.append('a' * 1000)", "x = 'a'\nwhile True: x += x", "x = 1\nwhile True: x = x * x + 1", "d = {}\ni = 0\nwhile True:\n    d[i] = [i]\n    i += 1",
        "a = []\na.append(a)\nprint(a == a, a)\nb = []\nb.append(b)\nprint(a == b)", "a = {}\na[0] = a\nb = {}\nb[0] = b\nprint(a == b)", "a = []\nb = [a]\na.append(b)\nprint(a < b, hash((1, a)))", "a = []\nfor i in range(100000): a = [a]\nprint(a)", "a = ()\nfor i in range(100000): a = (a,)\nprint(hash(a))",
        "a = ()\nfor i in range(5000): a = (a, a)\nprint(a == a)\nb = ()\nfor i in range(5000): b = (b, b)\nprint(a == b)", "it = iter([1])\nfor i in range(100000): it = map(str, it)\nprint(next(it))", "from functools import partial\nf = len\nfor i in range(100000): f = partial(f)\nf([])", "t = int\nfor i in range(100000): t = (t,)\nisinstance(1, t)",
        "a = frozenset()\nb = frozenset()\nfor i in range(1000):\n    a = frozenset([a])\n    b = frozenset([b])\nprint(a == b)", "class A: pass\nfor i in range(100000):\n    class A(A): pass\nA().x", "class A:\n    def __eq__(self, o): return self == o\nA() == A()", "class A:\n    def __repr__(self): return repr(self)\nprint(A())",
        "class A:\n    def __hash__(self): return 1\n    def __eq__(self, o):\n        d.clear()\n        return False\nd = {}\nfor i in range(100): d[A()] = i", "class A:\n    def __lt__(self, o):\n        xs.clear()\n        xs.extend([A()] * 5)\n        return True\nxs = [A() for _ in range(50)]\nxs.sort()", "s = set()\nclass A:\n    def __hash__(self): return 1\n    def __eq__(self, o):\n        s.add(len(s))\n        return False\nfor i in range(100): s.add(A())",
        "xs = [1]\nfor x in xs: xs.append(x)", "d = {1: 1}\nfor k in d: d[k + 1] = 1", "def g():\n    yield from g()\nlist(g())", "def g():\n    for x in it: yield x\nit = g()\nlist(it)", "def g():\n    try:\n        yield 1\n    finally:\n        while True: pass\nlist(g())", "raise BaseException", "raise KeyboardInterrupt", "class E(BaseException):\n    def __str__(self): return 'x' * 10**10\nraise E()",
        "class E(Exception):\n    def __str__(self): raise E()\nraise E()", "class A:\n    def __iter__(self): return self\n    def __next__(self): return self\nlist(A())", "class A:\n    def __getattr__(self, n): return self\nA().b.c.d", "class A:\n    def __del__(self): print('del')\nA()", "class M(type): pass\nclass A(metaclass=M): pass", "int.x = 5", "A = type('A', (), {})", "print.__self__.eval('1')", "import math\nmath.pi = 3",
        "x = {0}\ny = {0.0}\nz = hash(2**61 - 1)\nfor i in range(20000): x.add(i * (2**61 - 1))", "d = {i * (2**61 - 1): i for i in range(20000)}", "x = ['a' * 1000 for _ in range(100)]\nfor i in range(100): x = x + x", "f'{'", "print(*[1] * 10**6)", "(lambda f: f(f))(lambda f: f(f))", "print(sorted([float('nan'), 1, float('nan'), 0] * 100))",
        "import itertools\nx = iter([])\nfor i in range(50000): x = itertools.chain(x, [i])\nlist(x)", "m = [0]\nm[0] = m\nm += m\nprint(m, sorted(m))", "'%s' % ('%s' * 10**6)", "('a' * 10000).count('a' * 5000)", "('a' * 10**6).split('a')", "('a ' * 10**6).split()", "'{0.__class__.__mro__}'.format(1)", "'{0[__class__]}'.format({})", "'{a.__init__.__globals__}'.format(a=len)",
        "class A:\n    def f(self): pass\nA.f.__globals__", "def f(): pass\nf.__code__ = 5", "a = b = c = [0]\na[:] = [a, b, c] * 1000\nrepr(a)", "x = 0\ndef f():\n    global x\n    x += 1\n    return [f() for _ in range(3)]\nf()", "import datetime\ndatetime.datetime.now()\ndatetime.date.today().strftime('%Y' * 10**6)", "del print\nprint(1)", "len = 5\nlen([])", "\0", "\ufeff", "\ud800", "if 1:\n\tx\n        y",
    ];

    private readonly Random random = new(seed);

    public string Next() => random.Next(12) switch
    {
        0 => Prelude + $"x = {Pick(Values)}{string.Concat(Many(1, 6, () => $".{Pick(Dunders)}{Pick(["", "", "()", "[0]", "(1)"])}"))}\nprint(x)",
        1 => $"{Pick(Names)}({Pick(["'1'", "'os'", "'/etc/passwd'", "1", "", "[], '__class__'", "\"__import__('os').system('id')\""])})",
        2 => Pick([$"import {Pick(Modules)}", $"from {Pick(Modules)} import *", $"import {Pick(Modules)} as m\nm.system('id')", $"from {Pick(Modules)} import system, {Pick(Names)}"]),
        3 or 4 => Prelude + $"x = {string.Format(null, Pick(Bombs), Pick(Huge))}\nprint(x)",
        5 or 6 => Pick(Traps),
        7 => Nested(),
        8 or 9 => Mutated(),
        10 => Noise(),
        _ => Guarded(random.Next(2) == 0 ? Pick(Traps) : Prelude + $"y = {string.Format(null, Pick(Bombs), Pick(Huge))}"),
    };

    private const string Prelude = "import math, datetime, itertools\nfrom collections import Counter, deque\nfrom fractions import Fraction\nclass A:\n    def f(self): return self\n";

    private string Nested()
    {
        var depth = (int)Math.Pow(10, 1 + (random.NextDouble() * 4));
        string Times(string part, int count) => new StringBuilder().Insert(0, part, count).ToString();
        return random.Next(14) switch
        {
            0 => Times(Pick(["(", "[", "{", "f(", "x[", "{1:", "lambda: ", "not ", "-", "~", "*", "1 if 1 else ", "f'{"]), depth),
            1 => Times("(", depth) + "1" + Times(")", depth),
            2 => Times("[", depth) + Times("]", depth),
            3 => "x = 1" + Times(Pick([" + 1", " * x", " and 1", " or 0", " < 2", " ** 1", " if 1 else 2"]), depth),
            4 => "x = " + Times(Pick(["-", "not ", "~", "lambda: "]), depth) + "1",
            5 => "a = []\na" + Times(Pick([".x", "[0]", "()", ".append(1)"]), depth),
            6 => string.Concat(Enumerable.Range(0, Math.Min(depth, 2000)).Select(i => new string(' ', i) + "if 1:\n")) + new string(' ', Math.Min(depth, 2000)) + "x = 1",
            7 => "x = " + Times("[", depth) + "0" + Times(" for _ in [1]]", depth),
            8 => string.Concat(Enumerable.Range(0, Math.Min(depth, 1000)).Select(i => new string(' ', i) + "def f():\n")) + new string(' ', Math.Min(depth, 1000)) + "pass",
            9 => "x = " + Times("f\"{", 1) + Times("(", depth) + "1" + Times(")", depth) + "}\"",
            10 => "if 0: pass\n" + Times("elif 0: pass\n", Math.Min(depth, 20_000)),
            11 => "x = " + new string('9', depth),
            12 => "x = " + Times("'a' ", depth),
            _ => "f(" + Times("x=1, ", depth) + ")",
        };
    }

    private string Mutated()
    {
        var text = new StringBuilder(Pick(honest));
        for (var i = random.Next(1, 6); i > 0 && text.Length > 1; i--)
        {
            var (at, length) = (random.Next(text.Length), random.Next(1, 12));
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, Math.Min(length, text.Length - at));
                    break;
                case 1:
                    text.Insert(at, text.ToString(at, Math.Min(length, text.Length - at)));
                    break;
                case 2:
                    text[at] = (char)random.Next(32, 127);
                    break;
                case 3:
                    text.Insert(at, Pick([.. Huge, .. Dunders, .. Values, " while ", "\n", " ", "(", "]", ":", "**", "yield ", "return "]));
                    break;
                default:
                    text.Replace(Pick(["1", "2", "0", "+", "*", "range", "for", "if", "=", "(", "x"]), Pick([.. Huge, .. Values, "**", "while", "-", "==", "["]), at, Math.Min(60, text.Length - at));
                    break;
            }
        }

        return text.ToString();
    }

    private string Noise() => random.Next(3) switch
    {
        0 => string.Concat(Many(1, 200, () => $"{(char)random.Next(0x10000)}")),
        1 => string.Concat(Many(1, 200, () => $"{(char)random.Next(9, 127)}")),
        _ => string.Join(' ', Many(1, 60, () => Pick(["for", "in", "if", "else", "def", "class", "x", "1", "'a'", "(", ")", "[", "]", "{", "}", ":", ",", ".", "=", "+", "**", "\n", "\n    ", "lambda", "yield", "return", "try", "except", "not", "is", "*", "f'{x}'", ";", "@", "->", ":="]))),
    };

    private static string Guarded(string trap) => "def hostile():\n" + Indent(trap, "    ") + "\ntry:\n    hostile()\nexcept BaseException as e:\n    print('caught', e)\nfinally:\n    print('end')\n" + "for i in range(10**6):\n    try:\n        hostile()\n    except:\n        pass";

    private static string Indent(string text, string by) => string.Join('\n', text.Split('\n').Select(l => by + l));

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    private IEnumerable<string> Many(int least, int most, Func<string> make)
    {
        for (var i = random.Next(least, most); i > 0; i--)
        {
            yield return make();
        }
    }
}
