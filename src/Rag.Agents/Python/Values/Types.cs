using Rag.Agents.Python.Builtins;
using Rag.Agents.Python.Modules;
using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Values;

/// <summary>The types of Python itself.</summary>
internal static class Types
{
    public static readonly PyType Object = new("object");
    public static readonly PyType Type = new("type", Object, (run, arguments) => arguments.Exactly("type", 1)[0].Type);
    public static readonly PyType None = new("NoneType", Object);
    public static readonly PyType Int = new("int", Object, Conversion.ToInt, NumberMethods.OfInt);
    public static readonly PyType Bool = new("bool", Int, (run, arguments) => Value.Bool(arguments.Between("bool", 0, 1).Flag(run, 0)));
    public static readonly PyType Float = new("float", Object, Conversion.ToFloat, NumberMethods.OfFloat);
    public static readonly PyType Str = new("str", Object, (run, arguments) => arguments.Bind("str", 0, "object") is var bound && bound.Has(0) ? TextOf.Str(run, bound[0]) : "", StringMethods.Table);
    public static readonly PyType List = new("list", Object, (run, arguments) => Conversion.ToList(run, arguments.Between("list", 0, 1)), ListMethods.Table);
    public static readonly PyType Tuple = new("tuple", Object, (run, arguments) => Conversion.ToTuple(run, arguments.Between("tuple", 0, 1)), ListMethods.OfTuple);
    public static readonly PyType Dict = new("dict", Object, (run, arguments) => Conversion.ToDict(run, new PyDict(), "dict", arguments), DictMethods.Table) { Members = { ["fromkeys"] = new PyBuiltin("fromkeys", DictMethods.FromKeys) } };
    public static readonly PyType Counter = new("Counter", Dict, (run, arguments) => Counting.Create(run, arguments), Counting.Methods);
    public static readonly PyType DefaultDict = new("defaultdict", Dict, Conversion.ToDefaultDict);
    public static readonly PyType OrderedDict = new("OrderedDict", Dict, (run, arguments) => Conversion.ToDict(run, new PyDict(OrderedDict), "OrderedDict", arguments), DictMethods.OfOrdered);
    public static readonly PyType Set = new("set", Object, (run, arguments) => Conversion.ToSet(run, Set!, arguments.Between("set", 0, 1)), SetMethods.Table);
    public static readonly PyType FrozenSet = new("frozenset", Object, (run, arguments) => Conversion.ToSet(run, FrozenSet!, arguments.Between("frozenset", 0, 1)), SetMethods.OfFrozen);
    public static readonly PyType Range = new("range", Object, Conversion.ToRange, ListMethods.OfRange);
    public static readonly PyType Slice = new("slice", Object);
    public static readonly PyType Iterator = new("iterator", Object);
    public static readonly PyType Generator = new("generator", Object);
    public static readonly PyType Builtin = new("builtin_function_or_method", Object);
    public static readonly PyType Function = new("function", Object);
    public static readonly PyType Method = new("method", Object);
    public static readonly PyType Module = new("module", Object);
    public static readonly PyType Super = new("super", Object);
    public static readonly PyType Property = new("property", Object, (_, arguments) => new PyProperty(arguments.Exactly("property", 1)[0].Object));
    public static readonly PyType StaticMethod = new("staticmethod", Object, (_, arguments) => new PyStaticMethod(arguments.Exactly("staticmethod", 1)[0].Object));
    public static readonly PyType ClassMethod = new("classmethod", Object, (_, arguments) => new PyClassMethod(arguments.Exactly("classmethod", 1)[0].Object));
}
