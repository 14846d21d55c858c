namespace Rag.Llama.Templates.Jinja;

/// <summary>What filters, tests and expressions share during one rendering. Not safe for concurrent use.</summary>
internal sealed class Runtime(RenderBudget budget)
{
    /// <summary>What has been used of the limits.</summary>
    public RenderBudget Budget => budget;

    /// <summary><c>target.name</c>: a method, else an entry, else undefined; as in Jinja <c>target['name']</c> looks for the entry first.</summary>
    public Value Attribute(Value target, string name, bool entryFirst = false)
    {
        Budget.Step();
        switch (target)
        {
            case Value.Mapping mapping:
                var entry = mapping.Entries.GetValueOrDefault(new Value.Text(name));
                return (entryFirst ? entry : null) ?? ContainerMethods.Find(mapping, name, Budget) ?? entry ?? new Value.Undefined($"a dict has no entry '{name}'");
            case Value.Namespace variables:
                return variables.Variables.GetValueOrDefault(name) ?? new Value.Undefined($"a namespace has no variable '{name}'");
            case Value.Loop loop:
                return LoopVariable.Find(loop, name) ?? Missing();
            case Value.Text text:
                return TextMethods.Find(text.Content, name, Budget) ?? Missing();
            case Value.Sequence list:
                return ContainerMethods.Find(list, name, Budget) ?? Missing();
            case Value.Undefined undefined:
                throw new ChatTemplateException($"{undefined.Reason}, so it has no '{name}'; define it, or ask 'is defined' first.");
            default:
                return Missing();
        }

        Value.Undefined Missing() => new($"a {target.TypeName} has no attribute '{name}'");
    }

    /// <summary><c>target[key]</c>; undefined where it is not there.</summary>
    public Value Item(Value target, Value key)
    {
        switch (target, key)
        {
            case (Value.Mapping or Value.Namespace or Value.Loop or Value.Text, Value.Text name):
                return Attribute(target, name.Content, entryFirst: true);
            case (Value.Mapping mapping, not (Value.Sequence or Value.Mapping or Value.Undefined)):
                return mapping.Entries.GetValueOrDefault(key) ?? new Value.Undefined($"a dict has no entry {Printing.ToText(key, Budget)}");
            case (Value.Sequence or Value.Text, Value.Integer index):
                return Sequences.ItemAt(target, index.Content) ?? new Value.Undefined($"a {target.TypeName} of {Sequences.Count(target)} has no item {index.Content}");
            case (Value.Undefined undefined, _):
                throw new ChatTemplateException($"{undefined.Reason}, so it has no items; define it, or ask 'is defined' first.");
            default:
                return new Value.Undefined($"a {target.TypeName} has no item for a {key.TypeName}");
        }
    }

    /// <summary>An attribute by a path such as <c>function.name</c> or <c>0</c>, as <c>map(attribute=...)</c> takes it.</summary>
    public Value Path(Value target, Value path)
    {
        if (path is not Value.Text text)
        {
            return Item(target, path);
        }

        foreach (var part in text.Content.Split('.'))
        {
            target = int.TryParse(part, out var index) ? Item(target, new Value.Integer(index)) : Item(target, new Value.Text(part));
        }

        return target;
    }

    /// <summary>Calls a function.</summary>
    public Value Call(Value target, CallArguments arguments)
    {
        if (target is not Value.Function function)
        {
            throw new ChatTemplateException($"a {target.TypeName} was called as a function; call a macro, a method or a global function.{Operators.Why(target)}");
        }

        Budget.Enter();
        var result = function.Body(arguments);
        Budget.Leave();
        return result;
    }

    /// <summary>Applies a filter.</summary>
    public Value Filter(string name, Value input, CallArguments arguments)
    {
        Budget.Step();
        return Filters.Find(name)(input, arguments, this);
    }

    /// <summary>Asks a test.</summary>
    public bool Test(string name, Value input, CallArguments arguments)
    {
        Budget.Step();
        return Predicates.Find(name)(input, arguments, this);
    }
}
