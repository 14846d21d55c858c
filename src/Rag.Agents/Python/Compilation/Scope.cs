namespace Rag.Agents.Python.Compilation;

/// <summary>Kinds of scopes.</summary>
internal enum ScopeKind
{
    Module,
    Function,
    Class,

    /// <summary>A list, set or dictionary comprehension: its names are its own, their slots lie in the frame around it.</summary>
    Comprehension,
}

/// <summary>A variable and its slot in the frame of its owner.</summary>
internal sealed class Variable(string name, Scope owner, int slot)
{
    public string Name { get; } = name;

    public Scope Owner { get; } = owner;

    public int Slot { get; } = slot;

    /// <summary>True where a function within uses it too: it lies in a cell.</summary>
    public bool IsShared { get; set; }
}

/// <summary>Where names are looked up.</summary>
internal sealed class Scope(ScopeKind kind, Scope? parent)
{
    public ScopeKind Kind { get; } = kind;

    public Scope? Parent { get; } = parent;

    /// <summary>The scope whose frame holds the variables.</summary>
    public Scope Owner => Kind == ScopeKind.Comprehension ? Parent!.Owner : this;

    public Dictionary<string, Variable> Variables { get; } = [];

    public HashSet<string> Globals { get; } = [];

    public HashSet<string> Nonlocals { get; } = [];

    /// <summary>Variables of functions around this one that it uses, with their slots here.</summary>
    public Dictionary<Variable, int> Free { get; } = [];

    public int SlotCount { get; private set; }

    public bool IsGenerator { get; set; }

    /// <summary>The name in front of the names of functions within, such as <c>Account.</c>.</summary>
    public string Prefix { get; set; } = "";

    public int NewSlot() => Owner.SlotCount++;

    public Variable Declare(string name)
    {
        if (!Variables.TryGetValue(name, out var variable))
        {
            Variables[name] = variable = new(name, Owner, NewSlot());
        }

        return variable;
    }

    /// <summary>The variable that a name means here. A name that nothing assigns is a variable of the program, which may turn out to be a name of Python's own.</summary>
    public Variable Resolve(string name)
    {
        var from = Owner;
        var scope = this;
        for (; scope.Parent is not null; scope = scope.Parent)
        {
            if (scope.Globals.Contains(name))
            {
                return Module(scope).Declare(name);
            }

            var isVisible = scope.Kind != ScopeKind.Class || ReferenceEquals(scope, from);
            if (isVisible && !scope.Nonlocals.Contains(name) && scope.Variables.TryGetValue(name, out var variable))
            {
                Share(variable, from);
                return variable;
            }
        }

        return scope.Declare(name);
    }

    private static Scope Module(Scope scope)
    {
        while (scope.Parent is not null)
        {
            scope = scope.Parent;
        }

        return scope;
    }

    // every function on the way from the use to the variable hands its cell on
    private static void Share(Variable variable, Scope from)
    {
        if (variable.Owner.Kind == ScopeKind.Module)
        {
            return;
        }

        for (var scope = from; !ReferenceEquals(scope, variable.Owner); scope = scope.Parent!.Owner)
        {
            variable.IsShared = true;
            if (!scope.Free.ContainsKey(variable))
            {
                scope.Free[variable] = scope.NewSlot();
            }
        }
    }
}
