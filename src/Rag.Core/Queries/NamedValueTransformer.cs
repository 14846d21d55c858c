using System.Text.RegularExpressions;
using Rag.Analysis;
using Rag.Citations;

namespace Rag.Queries;

/// <summary>Self-query without a model: where the question names a declared value of a field, only documents with that value are searched. Deterministic, safe for concurrent use.</summary>
/// <remarks>
/// A value is named where its words stand in the question side by side, in any case; of values that overlap, the longer counts, and one that several
/// fields have names none. Several values of one field are alternatives; the conditions of several fields, and the caller's own filter, all hold.
/// A question that denies or excepts ("not", "without", "except") is left as it is, as what it denies cannot be told.
/// </remarks>
/// <param name="fields">What may be chosen by; fields without <see cref="FilterField.Values"/> are never named.</param>
public sealed partial class NamedValueTransformer(IReadOnlyList<FilterField> fields) : IQueryTransformer
{
    private readonly (string Field, string Value, string[] Words)[] _values =
        [.. fields.SelectMany(f => f.Values.Select(value => (f.Name, value, Words: Words(value)))).Where(v => v.Words.Length > 0)];

    /// <inheritdoc/>
    public Task<IReadOnlyList<Query>> TransformAsync(Query query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        var conditions = Clause.IsDenial(query.Text) || Exception().IsMatch(query.Text) ? [] : Conditions(Words(query.Text));
        return Task.FromResult<IReadOnlyList<Query>>(conditions.Length == 0 ? [query] : [query with { Filter = new Filter.And([query.Filter, .. conditions]) }]);
    }

    private Filter[] Conditions(string[] question)
    {
        var named = _values.SelectMany(v => Places(question, v.Words).Select(at => (v.Field, v.Value, From: at, To: at + v.Words.Length))).ToArray();
        return
        [
            .. named
                .Where(n => !named.Any(other => other.From < n.To && n.From < other.To && (other.To - other.From > n.To - n.From || (other.From == n.From && other.To == n.To && other.Field != n.Field))))
                .GroupBy(n => n.Field)
                .Select(field => new Filter.In(field.Key, [.. field.OrderBy(n => n.From).Select(n => n.Value).Distinct()])),
        ];
    }

    private static IEnumerable<int> Places(string[] text, string[] words) =>
        Enumerable.Range(0, Math.Max(0, text.Length - words.Length + 1)).Where(at => text.AsSpan(at, words.Length).SequenceEqual(words));

    private static string[] Words(string text)
    {
        var words = new List<string>();
        foreach (var word in WordSegmenter.Words(text))
        {
            words.Add(text[word.Start..word.End].ToLowerInvariant());
        }

        return [.. words];
    }

    [GeneratedRegex(@"\b(?:except|excluding|besides|other than|instead of|außer|statt|sauf|excepté|excepto|salvo)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Exception();
}
