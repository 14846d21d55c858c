using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rag.Llama.Engine;
using Rag.Llama.Grammars;
using Rag.Llama.Templates;

namespace Rag.Llama.Chat;

/// <summary>Grammars that hold a model to calls that can be read, to JSON of a schema, or to either. Safe for concurrent use.</summary>
/// <param name="vocabulary">With the control tokens by which the model marks calls.</param>
internal sealed partial class ToolGrammar(Lazy<GrammarVocabulary> vocabulary)
{
    private const int MostCalls = 8;
    private const int MostKnown = 64;

    private readonly ConcurrentDictionary<string, Grammar> _known = new();

    /// <summary>The grammar of a request; <see langword="null"/> where text is free.</summary>
    /// <param name="format">How calls are written.</param>
    /// <param name="tools">Those that may be called.</param>
    /// <param name="mustCall">Whether the answer must be a call.</param>
    /// <param name="mayRepeat">Whether several calls may follow each other.</param>
    /// <param name="answer">The schema of the answer; <see langword="null"/> for free text.</param>
    /// <param name="reasoningEnd">What ends the reasoning that the prompt has begun; <see langword="null"/> where it has not.</param>
    public GrammarUse? Create(ToolCallFormat format, IReadOnlyList<ChatTool> tools, bool mustCall, bool mayRepeat, JsonElement? answer, string? reasoningEnd)
    {
        var shapes = format.Shapes(tools);
        if (answer is null && !mustCall)
        {
            return shapes.Count == 0 ? null : InText(format, shapes, mayRepeat);
        }

        return shapes.Count == 0 && answer is null
            ? null
            : new(Parse(Compose(format.Sequence, shapes, mayRepeat, mustCall ? null : answer, reasoningEnd is null ? "" : "[ \\n]{0,4} ")), reasoningEnd) { Vocabulary = vocabulary.Value };
    }

    /// <summary>Free text with calls in it: held to the format behind what begins a call, or all calls. Where a tool's schema says what a grammar cannot, calls are only read, as with formats that are not JSON.</summary>
    private GrammarUse? InText(ToolCallFormat format, IReadOnlyList<ToolCallShape> shapes, bool mayRepeat)
    {
        var trigger = format.Triggers[0];
        var (sequence, several) = (format.Sequence, mayRepeat);
        if (sequence.Opening.StartsWith(trigger, StringComparison.Ordinal))
        {
            sequence = sequence with { Opening = sequence.Opening[trigger.Length..] };
        }
        else if (shapes.All(s => s.Prefix.StartsWith(trigger, StringComparison.Ordinal)))
        {
            // text is free again after each, so it may bring what stands between them
            (sequence, several) = (new("", "", ""), false);
            shapes = [.. shapes.Select(s => s with { Prefix = s.Prefix[trigger.Length..] })];
        }
        else
        {
            return null;
        }

        try
        {
            return new(Parse(Compose(sequence, shapes, several)), trigger, Repeats: mayRepeat) { Vocabulary = vocabulary.Value };
        }
        catch (GrammarException)
        {
            return null;
        }
    }

    // A grammar remembers the masks it has met, so the same request the next time finds them made.
    private Grammar Parse(string gbnf)
    {
        if (_known.Count > MostKnown)
        {
            _known.Clear();
        }

        return _known.GetOrAdd(gbnf, static text => Grammar.Parse(text));
    }

    private static string Compose(ToolCallSequence sequence, IReadOnlyList<ToolCallShape> shapes, bool several, JsonElement? answer = null, string before = "")
    {
        var rules = new StringBuilder();
        var roots = new List<string>();
        if (shapes.Count > 0)
        {
            roots.Add("calls");
            var calls = shapes.Select((shape, i) => $"{Begin(shape)} {Rename(shape.Schema, $"tool{i}", rules)} {GbnfWriter.Literal(shape.Suffix)}").ToList();
            var more = several ? $"({GbnfWriter.Literal(sequence.Separator)} call){{0,{MostCalls - 1}}}" : "";
            rules.Append("call ::= ").AppendJoin(" | ", calls).Append('\n');
            rules.Append("calls ::= ").AppendJoin(' ', GbnfWriter.Literal(sequence.Opening), "call", more, GbnfWriter.Literal(sequence.Closing)).Append('\n');
        }

        if (answer is { } schema)
        {
            roots.Add(Rename(schema, "answer", rules));
        }

        return rules.Append("root ::= ").Append(before).Append('(').AppendJoin(" | ", roots).Append(")\n").ToString();
    }

    private static string Begin(ToolCallShape shape) => shape.AfterNumber is { } after ? $"{GbnfWriter.Literal(shape.Prefix)} [0-9]{{1,4}} {GbnfWriter.Literal(after)}" : GbnfWriter.Literal(shape.Prefix);

    /// <summary>Appends the rules of a schema, each under a name of its own, and returns the name of the first.</summary>
    private static string Rename(JsonElement schema, string prefix, StringBuilder rules)
    {
        rules.Append(Symbol().Replace(JsonSchemaGrammar.ToGbnf(schema), m => m.Groups["name"].Success ? $"{prefix}-{m.Value}" : m.Value)).Append('\n');
        return $"{prefix}-root";
    }

    // literals, classes, bounds and comments stay as they are
    [GeneratedRegex("""
        "(?:\\.|[^"\\])*"|\[(?:\\.|[^\]\\])*\]|\{[^}]*\}|#[^\n]*|(?<name>[A-Za-z][A-Za-z0-9-]*)
        """)]
    private static partial Regex Symbol();
}
