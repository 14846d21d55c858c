using System.CommandLine;
using System.Text.Json;
using Rag.Llama.Decoding;
using Rag.Llama.Grammars;

namespace Rag.Cli;

/// <summary>The options by which <c>generate</c> chooses its words.</summary>
internal sealed class GenerateOptions
{
    private const int DefaultMaxTokens = 256;

    private readonly Option<string?> _prompt = new("--prompt") { Description = "What the text goes on from.", HelpName = "TEXT" };
    private readonly Option<string?> _promptFile = new("--prompt-file") { Description = "A file with what the text goes on from, taken as it is.", HelpName = "F" };
    private readonly Option<int?> _maxTokens = SharedOptions.Within("--max-tokens", $"Most tokens to write, by default {DefaultMaxTokens}", 1, 1_000_000);
    private readonly Option<uint?> _seed = SharedOptions.Within("--seed", "The same seed gives the same text; by default a new one each time", 0u, uint.MaxValue);
    private readonly Option<double?> _temperature = SharedOptions.Within("--temperature", "0 always takes the likeliest token, more is more varied; by default 0.8", 0d, 100);
    private readonly Option<int?> _topK = SharedOptions.Within("--top-k", "Draw from that many tokens; 0 for all, by default 40", 0, int.MaxValue);
    private readonly Option<double?> _topP = SharedOptions.Within("--top-p", "Draw from the likeliest tokens of that share, 0 to 1; by default 0.95", 0d, 1);
    private readonly Option<double?> _minP = SharedOptions.Within("--min-p", "Draw from tokens at least that likely beside the likeliest, 0 to 1; by default 0.05", 0d, 1);
    private readonly Option<int?> _beams = SharedOptions.Within("--beams", "Beam search of that width, 1 to 32, in place of drawing", 1, 32);
    private readonly Option<string?> _grammar = new("--grammar") { Description = "A file with a GBNF grammar that the text must fit.", HelpName = "F" };
    private readonly Option<string?> _schema = new("--json-schema") { Description = "A file with a JSON schema that the text must fit.", HelpName = "F" };
    private readonly Option<string[]> _lora = new("--lora") { Description = "A LoRA adapter in GGUF, with its strength behind a colon (by default 1); may be repeated.", HelpName = "F[:scale]", DefaultValueFactory = _ => [] };

    public ModelOptions Model { get; } = new("The model");

    public Option<bool> Chat { get; } = new("--chat") { Description = "Send the prompt as a message, in the model's chat template." };

    public IEnumerable<Option> All =>
    [
        .. Model.All, _prompt, _promptFile, _maxTokens, _seed, _temperature, _topK, _topP, _minP, _beams, _grammar, _schema, _lora, Chat,
    ];

    public int MaxTokensOf(ParseResult parsed) => parsed.GetValue(_maxTokens) ?? DefaultMaxTokens;

    public int? BeamsOf(ParseResult parsed) => parsed.GetValue(_beams);

    public IReadOnlyList<AdapterFile> AdaptersOf(ParseResult parsed) => [.. parsed.GetValue(_lora)!.Select(AdapterFile.Parse)];

    /// <summary>The prompt.</summary>
    /// <exception cref="CommandException">There is none, or two.</exception>
    public string PromptOf(ParseResult parsed) => (parsed.GetValue(_prompt), parsed.GetValue(_promptFile)) switch
    {
        ({ } prompt, null) => prompt,
        (null, { } file) => File.ReadAllText(file),
        (null, null) => throw new CommandException("There is no prompt. Give one: --prompt TEXT, or --prompt-file FILE", ExitCode.WrongUsage),
        _ => throw new CommandException("Give --prompt or --prompt-file, not both.", ExitCode.WrongUsage),
    };

    public SamplingOptions SamplingOf(ParseResult parsed)
    {
        var standard = new SamplingOptions();
        return standard with
        {
            Seed = parsed.GetValue(_seed),
            Temperature = parsed.GetValue(_temperature) ?? standard.Temperature,
            TopK = parsed.GetValue(_topK) ?? standard.TopK,
            TopP = parsed.GetValue(_topP) ?? standard.TopP,
            MinP = parsed.GetValue(_minP) ?? standard.MinP,
        };
    }

    /// <summary>What the text must fit, if anything.</summary>
    /// <exception cref="CommandException">A file holds no grammar or schema, or both are given.</exception>
    public Grammar? GrammarOf(ParseResult parsed) => (parsed.GetValue(_grammar), parsed.GetValue(_schema)) switch
    {
        (null, null) => null,
        ({ } file, null) => Read("grammar", file, text => Grammar.Parse(text)),
        (null, { } file) => Read("JSON schema", file, ReadSchema),
        _ => throw new CommandException("Give --grammar or --json-schema, not both.", ExitCode.WrongUsage),
    };

    private static Grammar ReadSchema(string text)
    {
        using var schema = JsonDocument.Parse(text);
        return Grammar.FromJsonSchema(schema.RootElement);
    }

    private static Grammar Read(string kind, string file, Func<string, Grammar> read)
    {
        try
        {
            return read(File.ReadAllText(file));
        }
        catch (Exception e) when (e is GrammarException or JsonException)
        {
            throw new CommandException($"The {kind} '{file}' cannot be used. {e.Message}");
        }
    }
}
