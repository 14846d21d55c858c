using System.Text.RegularExpressions;
using Rag.Analysis;

namespace Rag.Citations;

/// <summary>In what a sentence says something else than its source.</summary>
internal enum Disagreement
{
    None,

    /// <summary>A number that the source lacks, or says of something else.</summary>
    Number,

    /// <summary>A name that the source lacks.</summary>
    Name,

    /// <summary>Two names in each other's place.</summary>
    Order,

    /// <summary>A word in place of its opposite.</summary>
    Opposite,

    /// <summary>"All" or "must" where the source says "some" or "may".</summary>
    Strength,

    /// <summary>One of the two denies.</summary>
    Denial,
}

/// <summary>Compares what a sentence says with what a source says. Opposites, strength and order are known for English only.</summary>
/// <param name="claim">The sentence.</param>
/// <param name="language">Of the passages; <see langword="null"/> for unknown.</param>
internal sealed partial class Comparison(Claim claim, string? language)
{
    // Less of a clause than this in the source's nearest clause, and the two speak of different things.
    private const double MinOverlap = 0.3;

    private static readonly WordSet Strong = new("all every always only must entirely completely solely everyone everywhere fully");
    private static readonly WordSet Weak = new("some many most several often sometimes usually may might can could partly mostly generally few");

    /// <summary>The first disagreement with quotes, in the order of <see cref="Disagreement"/>. Each clause is compared with the quote that holds most of it: one cannot take its subject from one source and its predicate from another.</summary>
    public Disagreement With(IReadOnlyList<Evidence> quotes)
    {
        var found = claim.Statement.Clauses.Select(clause => OfClause(clause, quotes)).Where(d => d != Disagreement.None).DefaultIfEmpty(Disagreement.None).Min();
        var sentences = quotes.SelectMany(q => q.Statements).ToList();
        return found switch
        {
            Disagreement.None or > Disagreement.Name when claim.Actors.Any(actor => IsPutTogether(actor.Name, quotes)) => Disagreement.Name,
            Disagreement.None or > Disagreement.Order when sentences.Any(HasNamesSwapped) => Disagreement.Order,
            Disagreement.None or > Disagreement.Opposite when HasOppositeBeside([.. quotes.SelectMany(q => q.Whole.Statements)]) => Disagreement.Opposite,
            _ => found,
        };
    }

    /// <summary>Whether a name of several words is none of the source's, where each of two words beside each other is a part of another name.</summary>
    private static bool IsPutTogether(string name, IReadOnlyList<Evidence> quotes)
    {
        var words = name.Split(' ', '-').Select(Names.WithoutCase).ToList();
        var texts = quotes.Select(q => $"{q.Heading}\n{q.Quote}").ToList();
        return words.Zip(words.Skip(1)).Any(pair =>
            !texts.Any(text => Names.AreNear(pair.First, pair.Second, text))
            && (texts.Any(text => Names.HasAnotherBehind(pair.First, pair.Second, text)) || texts.Any(text => Names.HasAnotherBefore(pair.Second, pair.First, text))));
    }

    /// <summary>Whether the opposite of a word stands beside what the word stands beside in the claim, and the word itself does not.</summary>
    private bool HasOppositeBeside(IReadOnlyList<Statement> source)
    {
        var words = claim.Statement.Words;
        for (var i = 0; i < words.Count; i++)
        {
            var opposites = Antonyms.Of(words[i].Word);
            if (opposites.Count == 0)
            {
                continue;
            }

            string?[] neighbours = [i > 0 ? words[i - 1].Term : null, i + 1 < words.Count ? words[i + 1].Term : null];
            bool Beside(string word, int side) => neighbours[side] is { } neighbour && source.Any(s => s.Words.Index().Any(w =>
                w.Item.Word == word && (side == 0 ? w.Index > 0 && s.Words[w.Index - 1].Term == neighbour : w.Index + 1 < s.Words.Count && s.Words[w.Index + 1].Term == neighbour)));
            if (!Beside(words[i].Word, 0) && !Beside(words[i].Word, 1) && opposites.Any(o => Beside(o, 1) || (Beside(o, 0) && neighbours[1] is null)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether each number of a claim that is written in digits stands in a quote as it is.</summary>
    public static bool HasNumbers(Claim claim, Evidence quote) => claim.Statement.Clauses.All(clause => HasNumbers(clause, [.. quote.Statements.SelectMany(s => s.Clauses)]));

    // Numbers in words may count what the source lists.
    private static bool HasNumbers(Clause clause, IReadOnlyList<Clause> source) =>
        clause.Digits.All(d => source.Any(c => c.Digits.Contains(d)));

    private Disagreement OfClause(Clause clause, IReadOnlyList<Evidence> quotes)
    {
        var quote = quotes.MaxBy(q => clause.Terms.Where(q.Terms.Contains).Sum(term => claim.Weights.GetValueOrDefault(term)))!;
        var source = quote.Statements.SelectMany(s => s.Clauses).ToList();
        if (!HasNumbers(clause, source))
        {
            return Disagreement.Number;
        }

        // German writes every noun with a capital, so there a capital says nothing.
        var names = language == "de" ? [] : claim.Names.Where(name => Names.IndexOf(name, clause.Text) >= 0).ToList();
        if (names.Any(name => !quote.Names(name)))
        {
            return Disagreement.Name;
        }

        // the whole passage counts: a quote may not leave out the very sentence that says something else
        var whole = quote.Whole.Clauses;
        var nearest = whole.MaxBy(other => Weight(clause, other));
        if (nearest is null || Weight(clause, nearest) < MinOverlap * Weight(clause, clause))
        {
            return Disagreement.None;
        }

        if (clause.Quantities.Any(q => IsSaidOfSomethingElse(q, clause, nearest, whole)) || clause.Counted.Any(c => CountsSomethingElse(c.Value, c.Terms, source)) || names.Any(name => IsOfAnother(name, clause.Quantities, whole)))
        {
            return Disagreement.Number;
        }

        var sentence = quote.Whole.Statements.First(s => s.Clauses.Contains(nearest)).Text;
        return names.Any(name => Names.IndexOf(name, sentence) < 0 && IsInTheirPlace(name, names, clause, nearest)) ? Disagreement.Name : OfWords(clause, nearest);
    }

    private static Disagreement OfWords(Clause clause, Clause nearest)
    {
        var opposite = clause.Words.Any(word => !nearest.Words.Contains(word) && Antonyms.Of(word).Any(o => nearest.Words.Contains(o) && !clause.Words.Contains(o)));
        return (opposite, clause.Denies != nearest.Denies) switch
        {
            (true, false) => Disagreement.Opposite,
            (false, true) => Disagreement.Denial,
            _ => IsStronger(clause, nearest) ? Disagreement.Strength : Disagreement.None,
        };
    }

    /// <summary>Whether the nearest clause names another where this name stands: on the same side of a word that both hold.</summary>
    private bool IsInTheirPlace(string name, IReadOnlyList<string> names, Clause clause, Clause nearest)
    {
        var at = Names.IndexOf(name, clause.Text);
        var (ours, theirs) = (claim.PlacesOf(clause.Text), claim.PlacesOf(nearest.Text));
        var shared = ours.Where(p => theirs.ContainsKey(p.Key) && !names.Any(n => p.Value.Of(clause.Text).Equals(n, StringComparison.Ordinal))).OrderBy(p => p.Value).ToList();
        if (shared.Count == 0)
        {
            return false;
        }

        var after = shared.FirstOrDefault(p => p.Value.Start > at);
        var isBefore = after.Key is not null;
        var word = theirs[isBefore ? after.Key! : shared[^1].Key];
        return Names.In(nearest.Text).Any(m => (isBefore ? m.Index < word.Start : m.Index >= word.End) && !claim.Names.Any(n => Names.Stands(n, m.Value)));
    }

    /// <summary>Whether the clause that is nearest holds another number of the same kind, and none that holds this one is as near.</summary>
    private bool IsSaidOfSomethingElse(string quantity, Clause clause, Clause nearest, IReadOnlyList<Clause> source) =>
        !nearest.Quantities.Contains(quantity)
        && nearest.Quantities.Any(other => IsYear(other) == IsYear(quantity) && !clause.Quantities.Contains(other))
        && source.Where(other => other.Quantities.Contains(quantity)).Select(other => WeightBeside(quantity, clause, other)).DefaultIfEmpty(-1).Max() < WeightBeside(quantity, clause, nearest);

    /// <summary>Whether the passage gives a name another number, and the number of the claim to another name.</summary>
    private bool IsOfAnother(string name, IReadOnlyList<string> quantities, IReadOnlyList<Clause> source)
    {
        var named = source.Where(c => Names.IndexOf(name, c.Text) >= 0).ToList();
        return quantities.Any(quantity =>
        {
            var counted = source.Where(c => c.Quantities.Contains(quantity)).ToList();
            return !counted.Any(named.Contains)
                && named.Any(c => c.Quantities.Any(other => IsYear(other) == IsYear(quantity) && !quantities.Contains(other)))
                && counted.Any(c => Names.In(c.Text).Any(m => !claim.Names.Any(n => Names.Stands(n, m.Value))));
        });
    }

    /// <summary>Whether what a number counts stands nowhere beside the number in the source, which counts something else with it.</summary>
    private static bool CountsSomethingElse(string quantity, IReadOnlyList<string> counted, IReadOnlyList<Clause> source)
    {
        var holding = source.Where(other => other.Quantities.Contains(quantity)).ToList();
        return counted.Count > 0 && !IsYear(quantity)
            && !holding.Any(other => counted.Any(other.Terms.Contains))
            && holding.SelectMany(other => other.Counted).Any(other => other.Value == quantity && other.Terms.Count > 0);
    }

    private static bool IsYear(string quantity) => quantity.Length == 4 && quantity[0] is '1' or '2' && quantity.All(char.IsAsciiDigit);

    private static bool IsStronger(Clause clause, Clause source) =>
        clause.Words.Any(w => Strong.Contains(w)) && !source.Words.Any(w => Strong.Contains(w))
        && source.Words.Any(w => Weak.Contains(w)) && !clause.Words.Any(w => Weak.Contains(w));

    /// <summary>Whether a sentence puts two names of the claim the other way round about the same verb, the passive voice aside.</summary>
    private bool HasNamesSwapped(Statement source)
    {
        for (var i = 0; i + 1 < claim.Actors.Count; i++)
        {
            var (first, second) = (claim.Actors[i], claim.Actors[i + 1]);
            var between = claim.Statement.Text[first.Span.End..second.Span.Start];
            var (a, b) = (Names.IndexOf(first.Name, source.Text), Names.IndexOf(second.Name, source.Text));
            var (from, to) = a < b ? (a + first.Name.Length, b) : (b + second.Name.Length, a);
            if (a < 0 || b < 0 || from > to || Again(first.Name, source.Text, a) || Again(second.Name, source.Text, b))
            {
                continue;
            }

            var theirs = source.Text[from..to];
            var (verbs, others) = (claim.TermsOf(between), claim.TermsOf(theirs));
            if (verbs.Count > 0 && verbs.All(others.Contains) && !IsMutual(between) && (a > b) != (Passive().IsMatch(between) != Passive().IsMatch(theirs)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Again(string name, string text, int first) => Names.IndexOf(name, text, first + 1) >= 0;

    private static bool IsMutual(string between) => Mutual().IsMatch(between) || (Copula().IsMatch(between) && !Passive().IsMatch(between));

    private double Weight(Clause clause, Clause other) => clause.Terms.Where(other.Terms.Contains).Sum(term => claim.Weights.GetValueOrDefault(term));

    /// <summary>What two clauses share beside a number.</summary>
    private double WeightBeside(string quantity, Clause clause, Clause other) =>
        clause.Terms.Where(term => term != quantity && other.Terms.Contains(term)).Sum(term => claim.Weights.GetValueOrDefault(term));

    [GeneratedRegex(@"\b(?:was|were|is|are|been|be|being)\b.*\bby\b", RegexOptions.IgnoreCase)]
    private static partial Regex Passive();

    [GeneratedRegex(@"\b(?:was|were|is|are|been|be|being)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Copula();

    [GeneratedRegex(@"\b(?:and|or|with|met|meets|married|marries|versus|vs|between|than|like)\b|^\s*[,&/-]?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Mutual();
}
