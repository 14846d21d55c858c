using System.Runtime.CompilerServices;

namespace Rag.Llama.Templates.Jinja;

/// <summary>What one rendering has used of its <see cref="Limits"/>. Not safe for concurrent use.</summary>
internal sealed class RenderBudget(int share = 1)
{
    private const int ElementSize = 16;
    private const int CharactersPerStep = 256;

    private long _steps;
    private long _memory;
    private int _depth;

    /// <summary>Line of the node being executed, for messages.</summary>
    public int Line { get; set; } = 1;

    /// <summary>Takes steps.</summary>
    public void Step(long count = 1)
    {
        _steps += count;
        if (_steps > Limits.Steps / share)
        {
            throw new ChatTemplateException($"the template takes more than {Limits.Steps / share} steps; shorten the conversation or use another template.");
        }
    }

    /// <summary>Takes the steps of looking for <paramref name="needle"/> characters at each of <paramref name="haystack"/> places.</summary>
    public void Search(int haystack, int needle) => Step(1 + ((long)haystack * Math.Max(needle, 1) / CharactersPerStep));

    /// <summary>Takes the memory of a text before or after it is built.</summary>
    public void Characters(long length)
    {
        if (length > Limits.TextLength)
        {
            throw new ChatTemplateException($"the template builds a text of {length} characters and {Limits.TextLength} are allowed; shorten the conversation or use another template.");
        }

        Take(length);
    }

    /// <summary>Takes the memory of so many list or dict elements.</summary>
    public void Elements(long count) => Take(count * ElementSize);

    /// <summary>Goes one level down; <see cref="Leave"/> comes back up.</summary>
    public void Enter()
    {
        if (++_depth > Limits.Depth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new ChatTemplateException($"the template nests deeper than {Limits.Depth} levels; use another template.");
        }
    }

    /// <summary>Comes up one level.</summary>
    public void Leave() => _depth--;

    /// <summary>A text that has been paid for.</summary>
    public Value.Text Text(string text)
    {
        Characters(text.Length);
        return new Value.Text(text);
    }

    private void Take(long size)
    {
        _memory += size;
        if (_memory > Limits.Memory / share)
        {
            throw new ChatTemplateException($"the template builds more than {Limits.Memory / share} characters of text; shorten the conversation or use another template.");
        }
    }
}
