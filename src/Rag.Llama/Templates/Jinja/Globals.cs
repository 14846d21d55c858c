namespace Rag.Llama.Templates.Jinja;

/// <summary>The functions that every chat template can call.</summary>
internal static class Globals
{
    /// <summary>A scope with them; <paramref name="clock"/> is what <c>strftime_now</c> reads.</summary>
    public static Scope Create(RenderBudget budget, TimeProvider clock)
    {
        var scope = new Scope();
        Define("raise_exception", a => throw new ChatTemplateException($"the template refuses the conversation: {Printing.ToText(a.Need(0, "message"), budget)}"));
        Define("strftime_now", a => budget.Text(Strftime.Format(clock.GetLocalNow(), a.Text(0, "format") ?? "")));
        Define("range", a => Range(a, budget));
        Define("dict", a => Dict(a, budget));
        Define("namespace", a => new Value.Namespace(Dict(a, budget).Entries.ToDictionary(e => Printing.ToText(e.Key, budget), e => e.Value, StringComparer.Ordinal)));
        return scope;

        void Define(string name, Func<CallArguments, Value> body) => scope[name] = new Value.Function(body);
    }

    private static Value.Mapping Dict(CallArguments arguments, RenderBudget budget)
    {
        var dict = arguments.Positional switch
        {
            [] => new Value.Mapping(),
            [Value.Mapping given] => ContainerMethods.Copy(given, budget),
            [var other, ..] => throw new ChatTemplateException($"'dict' or 'namespace' was given a {other.TypeName}; give it a dict or arguments by name."),
        };
        budget.Elements(arguments.Named.Count);
        foreach (var (name, value) in arguments.Named)
        {
            dict.Entries[new Value.Text(name)] = value;
        }

        return dict;
    }

    private static Value.Sequence Range(CallArguments arguments, RenderBudget budget)
    {
        var single = arguments.Positional.Count < 2;
        var start = single ? 0 : arguments.Integer(0, "start", 0);
        var stop = single ? arguments.Integer(0, "stop", 0) : arguments.Integer(1, "stop", 0);
        var step = arguments.Integer(2, "step", 1);
        if (step == 0)
        {
            throw new ChatTemplateException("'range' was given step 0; give it another step.");
        }

        var length = Math.Max(0m, Math.Ceiling(((decimal)stop - start) / step));
        if (length > Limits.RangeLength)
        {
            throw new ChatTemplateException($"'range' was asked for {length} numbers and {Limits.RangeLength} are allowed; ask for fewer.");
        }

        budget.Elements((long)length);
        return new Value.Sequence([.. Enumerable.Range(0, (int)length).Select(i => new Value.Integer(start + (i * step)))]);
    }
}
