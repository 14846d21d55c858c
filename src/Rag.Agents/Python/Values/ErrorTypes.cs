namespace Rag.Agents.Python.Values;

/// <summary>The types of exceptions.</summary>
internal static class ErrorTypes
{
    public static readonly PyType BaseException = new("BaseException");
    public static readonly PyType Exception = new("Exception", BaseException);
    public static readonly PyType ArithmeticError = new("ArithmeticError", Exception);
    public static readonly PyType ZeroDivisionError = new("ZeroDivisionError", ArithmeticError);
    public static readonly PyType OverflowError = new("OverflowError", ArithmeticError);
    public static readonly PyType LookupError = new("LookupError", Exception);
    public static readonly PyType IndexError = new("IndexError", LookupError);
    public static readonly PyType KeyError = new("KeyError", LookupError);
    public static readonly PyType TypeError = new("TypeError", Exception);
    public static readonly PyType ValueError = new("ValueError", Exception);
    public static readonly PyType NameError = new("NameError", Exception);
    public static readonly PyType UnboundLocalError = new("UnboundLocalError", NameError);
    public static readonly PyType AttributeError = new("AttributeError", Exception);
    public static readonly PyType AssertionError = new("AssertionError", Exception);
    public static readonly PyType RuntimeError = new("RuntimeError", Exception);
    public static readonly PyType StopIteration = new("StopIteration", Exception);
    public static readonly PyType EOFError = new("EOFError", Exception);
    public static readonly PyType ImportError = new("ImportError", Exception);
    public static readonly PyType ModuleNotFoundError = new("ModuleNotFoundError", ImportError);

    /// <summary>All types that a program can name. <c>NotImplementedError</c>, <c>RecursionError</c> and <c>MemoryError</c> are there to be raised and caught by a program; the limits of a run are not caught.</summary>
    public static IReadOnlyList<PyType> All { get; } =
    [
        BaseException, Exception, ArithmeticError, ZeroDivisionError, OverflowError, LookupError, IndexError, KeyError, TypeError, ValueError, NameError, UnboundLocalError,
        AttributeError, AssertionError, RuntimeError, StopIteration, EOFError, ImportError, ModuleNotFoundError,
        new("NotImplementedError", RuntimeError), new("RecursionError", RuntimeError), new("MemoryError", Exception), new("KeyboardInterrupt", BaseException), new("FloatingPointError", ArithmeticError),
    ];
}
