using System.Text.Json;
using static Rag.Evaluation.Answers.QuestionLines;

namespace Rag.Evaluation.Agents;

/// <summary>Reads the questions by which agents are compared in the papers.</summary>
public static class AgentQuestionFile
{
    /// <summary>HotpotQA (Yang et al., EMNLP 2018): a JSON list of <c>{question, answer}</c>, with <c>_id</c>, <c>context</c> and <c>supporting_facts</c> where the file has them.</summary>
    /// <inheritdoc cref="Gsm8kAsync"/>
    public static Task<IReadOnlyList<AgentQuestion>> HotpotAsync(string path, CancellationToken cancellationToken = default) => ListAsync(path, "HotpotQA", "[{question, answer}]", Hotpot, cancellationToken);

    /// <summary>StrategyQA (Geva et al., TACL 2021): a JSON list of <c>{qid, question, answer}</c>, the answer true or false.</summary>
    /// <inheritdoc cref="Gsm8kAsync"/>
    public static Task<IReadOnlyList<AgentQuestion>> StrategyQaAsync(string path, CancellationToken cancellationToken = default) => ListAsync(path, "StrategyQA", "[{qid, question, answer}]", StrategyQa, cancellationToken);

    /// <summary>FEVER (Thorne et al., NAACL 2018): JSON Lines of <c>{id, claim, label}</c>.</summary>
    /// <inheritdoc cref="Gsm8kAsync"/>
    public static Task<IReadOnlyList<AgentQuestion>> FeverAsync(string path, CancellationToken cancellationToken = default) => ReadAsync(path, "FEVER", "{id, claim, label}", Fever, cancellationToken);

    /// <summary>GSM8K (Cobbe et al., 2021): JSON Lines of <c>{question, answer}</c>, the figure behind <c>####</c>.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The questions in the file's order.</returns>
    /// <exception cref="EvaluationFileException">There is no such file, or it has another form.</exception>
    public static async Task<IReadOnlyList<AgentQuestion>> Gsm8kAsync(string path, CancellationToken cancellationToken = default) =>
        [.. (await ReadAsync(path, "GSM8K", "{question, answer}", Gsm8k, cancellationToken)).Select((q, i) => q with { Id = $"{i + 1}" })];

    private static AgentQuestion Hotpot(JsonElement root, int number) => new(root.TryGetProperty("_id", out var id) ? TextOf(id) : $"{number}", TextOf(root.GetProperty("question")), TextOf(root.GetProperty("answer")), AnswerForm.Words)
    {
        Pages = root.TryGetProperty("context", out var pages) ? [.. pages.EnumerateArray().Select(p => new AgentPage(TextOf(p[0]), TextsOf(p[1])))] : [],
        Supporting = root.TryGetProperty("supporting_facts", out var facts) ? [.. facts.EnumerateArray().Select(f => TextOf(f[0])).Distinct()] : [],
    };

    private static AgentQuestion StrategyQa(JsonElement root, int number) =>
        new(root.TryGetProperty("qid", out var id) ? TextOf(id) : $"{number}", $"{TextOf(root.GetProperty("question"))} Answer yes or no.", root.GetProperty("answer").GetBoolean() ? "yes" : "no", AnswerForm.YesOrNo);

    private static AgentQuestion Fever(JsonElement root) =>
        new(root.GetProperty("id").ToString(), $"Is this claim true? Answer SUPPORTS, REFUTES or NOT ENOUGH INFO. Claim: {TextOf(root.GetProperty("claim"))}", TextOf(root.GetProperty("label")), AnswerForm.Label);

    private static AgentQuestion Gsm8k(JsonElement root)
    {
        var solution = TextOf(root.GetProperty("answer"));
        var mark = solution.LastIndexOf("####", StringComparison.Ordinal);
        return new("", TextOf(root.GetProperty("question")), mark < 0 ? throw new InvalidOperationException() : solution[(mark + 4)..].Trim(), AnswerForm.Number);
    }

    private static async Task<IReadOnlyList<AgentQuestion>> ListAsync(string path, string layout, string form, Func<JsonElement, int, AgentQuestion> parse, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new EvaluationFileException(path, 0, $"there is no such file; it holds questions in {layout}'s layout");
        }

        await using var file = File.OpenRead(path);
        try
        {
            using var json = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
            return [.. json.RootElement.EnumerateArray().Select((question, i) => parse(question, i + 1))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new EvaluationFileException(path, 0, $"the file has another form; expected {layout}'s JSON, {form}");
        }
    }
}
