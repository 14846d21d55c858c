using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LLama;
using LLama.Exceptions;
using LLama.Native;
using Microsoft.Extensions.AI;

namespace Rag.LLamaSharp;

/// <summary>Writes conversations with a chat template and cuts them into tokens. Text of messages never becomes a control token: what spells one is replaced before the template writes, and put back as text.</summary>
internal sealed partial class ChatPrompt
{
    private readonly LLamaWeights _weights;
    private readonly string _template;
    private readonly Regex _markers;

    /// <exception cref="NotSupportedException">There is no template, or none that llama.cpp knows.</exception>
    public ChatPrompt(LLamaWeights weights, string? template)
    {
        _weights = weights;
        _template = template ?? weights.NativeHandle.GetTemplate(strict: false)
            ?? throw new NotSupportedException("The model has no chat template. Name the one that it was trained with, such as 'chatml' or 'llama3'.");
        _markers = new(string.Join('|', Markers(weights.Vocab).OrderByDescending(m => m.Length).Select(Regex.Escape)));
        Write([("user", "x")]);
    }

    public LLamaToken[] Tokenize(IEnumerable<ChatMessage> messages, string? instructions)
    {
        var replaced = new List<string>();
        string Guard(string text) => _markers.Replace(text, m =>
        {
            replaced.Add(m.Value);
            return string.Create(CultureInfo.InvariantCulture, $"\uF8F0{replaced.Count - 1}\uF8F1");
        });

        var all = messages.Select(m => (Role: RoleOf(m), Text: TextOf(m))).ToList();
        // one system message where several lead: templates know one
        var system = string.Join("\n\n", all.TakeWhile(m => m.Role == "system").Select(m => m.Text).Prepend(instructions).Where(s => !string.IsNullOrEmpty(s)));
        var conversation = all.SkipWhile(m => m.Role == "system").Select(m => (m.Role, Guard(m.Text)));
        var written = Write(system.Length == 0 ? conversation : conversation.Prepend(("system", Guard(system))));

        var tokens = new List<LLamaToken>();
        var from = 0;
        foreach (Match place in Replacement().Matches(written))
        {
            tokens.AddRange(Tokens(written[from..place.Index], special: true));
            var marker = replaced[int.Parse(place.ValueSpan[1..^1], CultureInfo.InvariantCulture)];
            // in two parts, since an added token is recognised even where control tokens are not
            tokens.AddRange([.. Tokens(marker[..1], special: false), .. Tokens(marker[1..], special: false)]);
            from = place.Index + place.Length;
        }

        tokens.AddRange(Tokens(written[from..], special: true));
        return _weights.Vocab is { ShouldAddBOS: true, BOS: { } bos } && (tokens.Count == 0 || tokens[0] != bos) ? [bos, .. tokens] : [.. tokens];
    }

    // Names of tokens, the characters of the replacement, and the end of a C string.
    private static IEnumerable<string> Markers(SafeLlamaModelHandle.Vocabulary vocabulary) => Enumerable.Range(0, vocabulary.Count)
        .Where(t => (((LLamaToken)t).GetAttributes(vocabulary) & (LLamaTokenAttr.Control | LLamaTokenAttr.UserDefined | LLamaTokenAttr.Unknown)) != 0)
        .Select(t => vocabulary.LLamaTokenToString(t, isSpecialToken: true) ?? "")
        .Where(text => text.Length > 1)
        .Concat(["\uF8F0", "\uF8F1", "\0"]);

    private static string RoleOf(ChatMessage message) =>
        message.Role == ChatRole.System || message.Role.Value == "developer" ? "system"
        : message.Role == ChatRole.User || message.Role == ChatRole.Assistant ? message.Role.Value
        : throw new NotSupportedException($"A message has the role '{message.Role}', and the templates that LLamaSharp applies know system, user and assistant.");

    private static string TextOf(ChatMessage message) => string.Concat(message.Contents.Select(content => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent or UsageContent => "",
        _ => throw new NotSupportedException($"A message holds {content.GetType().Name}, and this client gives a model text only. Leave it out, or put what it says into text."),
    }));

    private string Write(IEnumerable<(string Role, string Text)> messages)
    {
        var template = new LLamaTemplate(_template) { AddAssistant = true };
        foreach (var (role, text) in messages)
        {
            template.Add(role, text);
        }

        try
        {
            return Encoding.UTF8.GetString(template.Apply());
        }
        catch (MissingTemplateException)
        {
            throw new NotSupportedException($"llama.cpp does not know this chat template, and LLamaSharp runs no others: '{(_template.Length > 60 ? _template[..60] + "..." : _template)}'. Name the known one that is nearest, such as 'chatml'.");
        }
    }

    private LLamaToken[] Tokens(string text, bool special) => _weights.NativeHandle.Tokenize(text, addBos: false, special, Encoding.UTF8);

    [GeneratedRegex("\uF8F0[0-9]+\uF8F1")]
    private static partial Regex Replacement();
}
