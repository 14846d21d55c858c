using System.Runtime.CompilerServices;

namespace Rag.Llama.Templates.Jinja;

/// <summary>Walks over tokens and counts how deep the parser is.</summary>
internal sealed class TokenReader(List<Token> tokens)
{
    private int _position;
    private int _depth;

    /// <summary>The token that comes next; <see cref="TokenKind.End"/> for ever at the end.</summary>
    public Token Current => tokens[_position];

    /// <summary>The token after <see cref="Current"/>.</summary>
    public Token Following => tokens[Math.Min(_position + 1, tokens.Count - 1)];

    /// <summary>Takes the next token.</summary>
    public Token Take()
    {
        var token = tokens[_position];
        _position = Math.Min(_position + 1, tokens.Count - 1);
        return token;
    }

    /// <summary>Takes the next token if it is this operator.</summary>
    public bool TakeOperator(string text) => TakeIf(Current.IsOperator(text));

    /// <summary>Takes the next token if it is this name.</summary>
    public bool TakeName(string text) => TakeIf(Current.IsName(text));

    /// <summary>Takes the next token, which must be this operator.</summary>
    public void ExpectOperator(string text)
    {
        if (!TakeOperator(text))
        {
            throw Unexpected($"'{text}'");
        }
    }

    /// <summary>Takes the next token, which must be of this kind.</summary>
    public Token Expect(TokenKind kind, string described) => Current.Kind == kind ? Take() : throw Unexpected(described);

    /// <summary>The complaint that <see cref="Current"/> is not what should stand there.</summary>
    public ChatTemplateException Unexpected(string wanted) =>
        new($"{(Current.Kind == TokenKind.End ? "the template ends" : $"'{Shorten(Current.Text)}' stands")} where {wanted} should be; correct the template or use another.", Current.Line);

    /// <summary>Goes one level down; <see cref="Leave"/> comes back up.</summary>
    public void Enter()
    {
        if (++_depth > Limits.Depth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new ChatTemplateException($"the template nests deeper than {Limits.Depth} levels; use another template.", Current.Line);
        }
    }

    /// <summary>Comes up one level.</summary>
    public void Leave() => _depth--;

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40];

    private bool TakeIf(bool condition)
    {
        if (condition)
        {
            Take();
        }

        return condition;
    }
}
