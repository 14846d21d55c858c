namespace Rag.Llama.Templates.Jinja;

/// <summary>Variables that can be seen from one place; what is set here hides, and does not change, what an outer scope has.</summary>
internal sealed class Scope(Scope? outer = null)
{
    private Dictionary<string, Value>? _variables;

    /// <summary>The variable; undefined where no scope has it.</summary>
    public Value this[string name]
    {
        get
        {
            for (var scope = this; scope is not null; scope = scope.Outer)
            {
                if (scope._variables?.TryGetValue(name, out var value) == true)
                {
                    return value;
                }
            }

            return new Value.Undefined($"'{name}' is undefined");
        }

        set => (_variables ??= new(StringComparer.Ordinal))[name] = value;
    }

    private Scope? Outer => outer;
}
