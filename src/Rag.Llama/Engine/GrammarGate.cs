using System.Runtime.InteropServices;
using System.Text;
using Rag.Llama.Decoding;
using Rag.Llama.Grammars;

namespace Rag.Llama.Engine;

/// <summary>Holds one generation to its grammar: from the start, or each time after the text that switches it on.</summary>
internal sealed class GrammarGate
{
    private readonly GrammarUse _use;
    private readonly LlamaModel _model;
    private readonly byte[] _trigger;
    private readonly List<byte> _written = [];
    private GrammarConstraint? _constraint;

    public GrammarGate(GrammarUse use, LlamaModel model)
    {
        _use = use;
        _model = model;
        _trigger = Encoding.UTF8.GetBytes(use.After ?? "");
        _constraint = _trigger.Length == 0 ? New() : null;
    }

    /// <summary>What holds now; <see langword="null"/> for nothing.</summary>
    public ITokenConstraint? Constraint => _constraint;

    /// <summary>Whether the whole text is complete, so that nothing but its end may follow.</summary>
    public bool IsComplete => !_use.Repeats && _constraint is { MustEnd: true };

    public void Accept(int token)
    {
        if (_constraint is not null)
        {
            _constraint.Accept(token);
            if (_use.Repeats && _constraint.MustEnd)
            {
                _constraint = null;
                _written.Clear();
            }

            return;
        }

        _written.AddRange(_model.Vocabulary.PieceOf(token).Span);
        var written = CollectionsMarshal.AsSpan(_written);
        var at = written.IndexOf(_trigger);
        if (at >= 0)
        {
            _constraint = Begun(written[(at + _trigger.Length)..]);
            _written.Clear();
        }
        else if (_written.Count >= _trigger.Length)
        {
            _written.RemoveRange(0, _written.Count - _trigger.Length + 1);
        }
    }

    // A token that ends behind the trigger has begun what the grammar describes; where it cannot have, the text is left free.
    private GrammarConstraint? Begun(ReadOnlySpan<byte> text)
    {
        var constraint = New();
        try
        {
            constraint.AcceptText(text);
            return constraint;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private GrammarConstraint New() => new(_use.Grammar, _use.Vocabulary ?? _model.GrammarVocabulary);
}
