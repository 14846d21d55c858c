namespace Rag.Agents.Tools.Calculation;

/// <summary>The functions of an expression.</summary>
internal static class Functions
{
    private const int MaxDecimals = 100;

    /// <summary>What they are called.</summary>
    public static IReadOnlyList<string> Names { get; } = ["sqrt", "abs", "round", "floor", "ceil", "min", "max", "sum", "avg"];

    /// <summary>The value of a function.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="arguments">At least one, each with its place in the expression.</param>
    /// <param name="position">Place of the name.</param>
    /// <exception cref="CalculationException">There is no such function, or it does not take that.</exception>
    public static Quantity Call(string name, IReadOnlyList<(Quantity Value, int Position)> arguments, int position)
    {
        var (first, at) = arguments[0];
        return name.ToLowerInvariant() switch
        {
            "sqrt" => Only().SquareRoot(at),
            "abs" => first.With(Only().Value.Abs(), at),
            "round" => first.With(first.Value.Round(Decimals()), at),
            "floor" => first.With(Only().Value.Floor(), at),
            "ceil" => first.With(-(-Only().Value).Floor(), at),
            "min" => Like().MinBy(a => a.Value)!,
            "max" => Like().MaxBy(a => a.Value)!,
            "sum" => Sum(),
            "avg" => Sum().Divide(new(arguments.Count), position),
            _ => throw new CalculationException($"there is no function '{name}'; functions: {string.Join(", ", Names)}", position),
        };

        Quantity Only() => arguments.Count == 1 ? Plain(first) : throw new CalculationException($"{name} takes one number, not {arguments.Count}; thousands have no commas here", position);

        // Rounding a length would depend on the unit that it is kept in.
        Quantity Plain(Quantity value) => value.Dimension == default || name.Equals("abs", StringComparison.OrdinalIgnoreCase) ? value : throw new CalculationException($"{name} takes a plain number; convert first, such as {name}(a / (1 m))", at);

        IEnumerable<Quantity> Like()
        {
            foreach (var (value, place) in arguments)
            {
                first.RequireLike(value, place);
            }

            return arguments.Select(a => a.Value);
        }

        Quantity Sum() => arguments.Skip(1).Aggregate(first, (sum, a) => sum.Add(a.Value, a.Position));

        int Decimals()
        {
            Plain(first);
            return arguments.Count switch
            {
                1 => 0,
                2 when arguments[1].Value is { Dimension: var d, Value: { IsInteger: true } decimals } && d == default && decimals >= -MaxDecimals && decimals <= MaxDecimals => (int)decimals.Numerator,
                2 => throw new CalculationException($"the decimals to round to are a whole number from {-MaxDecimals} to {MaxDecimals}", arguments[1].Position),
                _ => throw new CalculationException($"round takes a number and its decimals, not {arguments.Count} numbers; thousands have no commas here", position),
            };
        }
    }
}
