using Rag.Llama.Grammars;

namespace Rag.Llama.Tests.Grammars;

/// <summary>A slow and obvious recogniser: the set of places where a part can end, by recursion over the written grammar and code points.</summary>
internal sealed class GrammarOracle(IReadOnlyList<GrammarRule> rules)
{
    private readonly Dictionary<string, GrammarExpression> bodies = rules.ToDictionary(rule => rule.Name, rule => rule.Body);

    private readonly Dictionary<(GrammarExpression Part, int At), HashSet<int>> known = [];

    /// <summary>Whether the text is whole, and whether some text of the grammar starts with it.</summary>
    public (bool Whole, bool Prefix) Judge(int[] text)
    {
        known.Clear();
        var ends = Ends(bodies["root"], text, 0);
        return (ends.Contains(text.Length), ends.Contains(text.Length) || ends.Contains(text.Length + 1));
    }

    // a place one past the end says: the text ran out in the middle of this part
    private HashSet<int> Ends(GrammarExpression expression, int[] text, int at)
    {
        if (at > text.Length)
        {
            return [at];
        }

        if (!known.TryGetValue((expression, at), out var ends))
        {
            ends = Find(expression, text, at);
            known.Add((expression, at), ends);
        }

        return ends;
    }

    private HashSet<int> Find(GrammarExpression expression, int[] text, int at)
    {
        switch (expression)
        {
            case GrammarExpression.Characters characters:
                return at == text.Length ? [at + 1] : characters.Set.Contains(text[at]) ? [at + 1] : [];
            case GrammarExpression.Reference reference:
                return Ends(bodies[reference.Name], text, at);
            case GrammarExpression.Choice choice:
                return [.. choice.Alternatives.SelectMany(alternative => Ends(alternative, text, at))];
            case GrammarExpression.Sequence sequence:
                HashSet<int> places = [at];
                foreach (var part in sequence.Parts)
                {
                    places = [.. places.SelectMany(place => Ends(part, text, place))];
                }

                return places;
            case GrammarExpression.Repeat repeat:
                return Times(repeat, text, at);
            default:
                throw new InvalidOperationException();
        }
    }

    private HashSet<int> Times(GrammarExpression.Repeat repeat, int[] text, int at)
    {
        HashSet<int> places = [at];
        var found = new HashSet<int>();
        for (var times = 0; times <= (repeat.Max ?? repeat.Min + text.Length + 1); times++)
        {
            if (times >= repeat.Min)
            {
                found.UnionWith(places);
            }

            places = [.. places.SelectMany(place => Ends(repeat.Body, text, place))];
        }

        return found;
    }
}
