using System.Runtime.CompilerServices;
using Rag.Pdf.Files;
using Rag.Pdf.Fonts;

namespace Rag.Pdf.Content;

/// <summary>Runs content streams (7.8) and notes on a page what they show.</summary>
internal sealed class ContentReader
{
    /// <summary>Operators that one page may cost, about a second; bytes and forms count in proportion.</summary>
    private const int MostWork = 10_000_000;
    private const int FormWork = 100;
    private const int FontWork = 2000;
    private const int CMapBytesPerWork = 3;
    private const int BytesPerWork = 16;
    private const int DeepestForm = 24;
    private const int MostMarkedForms = 2000;

    /// <summary>Writers round clip boxes so that letters at their edge are cut by a hair.</summary>
    private const float ClipSlack = 0.5f;
    private const int WorkBetweenChecks = 4096;

    private readonly PageContent _page;
    private readonly Matrix _transform;
    private readonly FontCache _fonts;
    private readonly OptionalContent _optional;
    private readonly CancellationToken _cancellationToken;
    private readonly Operands _operands = new();
    private readonly NameTable _names = new();
    private readonly StateStack _saved = new();
    private readonly PagePath _path = new();
    private readonly Background _background = new();
    private readonly MarkedContent _marked;
    private readonly TextClip _clipText;
    private readonly TextPainter _text;
    private readonly PathPainter _painter;
    private readonly List<PdfStream> _forms = [];
    private readonly HashSet<PdfFont> _fontsRead = [];
    private readonly Dictionary<PdfDictionary, Resources> _formResources = new(ReferenceEqualityComparer.Instance);
    private GraphicsState _state;
    private Resources _resources;
    private int _work;
    private int _formIds;
    private bool _clips;
    private int _keptStates;
    private int _keptMarks;

    /// <summary>Reads onto <paramref name="page"/>.</summary>
    public ContentReader(PageContent page, in Matrix transform, FontCache fonts, OptionalContent optional, CancellationToken cancellationToken)
    {
        _page = page;
        _transform = transform;
        _fonts = fonts;
        _optional = optional;
        _cancellationToken = cancellationToken;
        _marked = new(page.Letters);
        _clipText = new(page.Letters);
        _text = new(page, _background, _marked);
        _painter = new(page, _background);
        _state = GraphicsState.Initial(transform);
        _resources = new(null, null, fonts);
    }

    /// <summary>Why a form could not be read, where one could not.</summary>
    public string? Damage { get; private set; }

    /// <summary>Whether the page was too much and something was left out.</summary>
    public bool HasOverflow => _work >= MostWork || _text.HasOverflow || _painter.HasOverflow;

    /// <summary>Whether letters count only, no rules, fills and images: so in annotations.</summary>
    public bool IsAnnotation
    {
        get => _text.Flags != 0;
        set => _text.Flags = value ? LetterFlags.Annotation : 0;
    }

    /// <summary>Reads the content of a page.</summary>
    public void Read(ReadOnlySpan<byte> content, Resources resources)
    {
        _resources = resources;
        Run(content);
    }

    /// <summary>Closes what the content left open. Called also where reading failed.</summary>
    public void Finish()
    {
        _marked.EndAll(0);
        _saved.Cut(0);
        _forms.Clear();
        (_formIds, _keptStates, _keptMarks) = (0, 0, 0);
    }

    /// <summary>Runs a form (8.10): in its own coordinates, clipped to its box, with everything put back afterwards.</summary>
    /// <param name="form">The form.</param>
    /// <param name="number">Its object number, 0 where it has none.</param>
    /// <param name="placing">Where its coordinates come to lie, in those around it.</param>
    public void Form(PdfStream form, int number, in Matrix placing)
    {
        _work += FormWork;
        if (_forms.Count >= DeepestForm || _forms.Contains(form))
        {
            return;
        }

        try
        {
            using var bytes = form.Decode();
            _work += bytes.Memory.Length / BytesPerWork;
            Run(form, bytes.Span, number, placing);
        }
        catch (NotSupportedException e)
        {
            Damage = e.Message;
        }
    }

    /// <summary>Runs a form that stands for itself, as the appearance of an annotation does.</summary>
    public void Form(PdfStream form, int number, Resources resources, in Matrix placing)
    {
        Finish();
        _state = GraphicsState.Initial(_transform);
        _resources = resources;
        Form(form, number, placing);
    }

    [MethodImpl(HotPath.Options)]
    private void Run(PdfStream form, ReadOnlySpan<byte> content, int number, in Matrix placing)
    {
        var kept = (_state, _resources, _formIds, _keptStates, _keptMarks, _text.Place);
        var (states, marks) = (_saved.Depth, _marked.Depth);
        var dictionary = form.Dictionary;
        _state.Transform = (Matrix.From(dictionary.Array("Matrix")) ?? Matrix.Identity).Then(placing).Then(_state.Transform);
        if (dictionary.Array("BBox")?.Numbers(4) is { } box)
        {
            _state.Clip = _state.Clip.Intersect(_state.Transform.Box(box[0], box[1], box[2], box[3]).Grown(ClipSlack));
        }

        if (number > 0 && dictionary.Integer("StructParents") is not null && _page.MarkedForms.Count < MostMarkedForms)
        {
            _page.MarkedForms.Add(number);
            _formIds = _page.MarkedForms.Count * PageContent.FormStride;
        }

        _resources = dictionary.Dictionary("Resources") is { } own ? Own(own) : _resources;
        (_keptStates, _keptMarks) = (states, marks);
        _path.Clear();
        _operands.Clear();
        _forms.Add(form);
        Run(content);
        _forms.RemoveAt(_forms.Count - 1);
        _saved.Cut(states);
        _marked.EndAll(marks);
        (_state, _resources, _formIds, _keptStates, _keptMarks, _text.Place) = kept;
    }

    // a form that is painted again finds its fonts again
    private Resources Own(PdfDictionary dictionary)
    {
        if (!_formResources.TryGetValue(dictionary, out var own))
        {
            _formResources[dictionary] = own = new(dictionary, _resources, _fonts);
        }

        return own;
    }

    [MethodImpl(HotPath.Options)]
    private void Run(ReadOnlySpan<byte> content)
    {
        var lexer = new ContentLexer(content);
        var check = _work;
        while (lexer.Next(_operands) is var op && op != ContentLexer.End && ++_work < MostWork)
        {
            if (_work - check > WorkBetweenChecks)
            {
                check = _work;
                _cancellationToken.ThrowIfCancellationRequested();
            }

            Execute(op, ref lexer);
            _operands.Clear();
        }
    }

    // operators are packed as the lexer does it: the first byte lowest
    [MethodImpl(HotPath.Options)]
    private void Execute(uint op, ref ContentLexer lexer)
    {
        switch (op)
        {
            case 'q': _saved.Push(_state); break;
            case 'Q': _saved.Pop(ref _state, _keptStates); _clipText.Restore(_saved.Depth); break;
            case 'c' | 'm' << 8: Concatenate(); break;
            case 'w': _state.LineWidth = Last() ?? _state.LineWidth; break;
            case 'g' | 's' << 8: SetGraphicsState(lexer.Content); break;

            case 'B' | 'T' << 8: _text.Set(Matrix.Identity); _clipText.Begin(); break;
            case 'E' | 'T' << 8: _clipText.End(_state.RenderingMode == 7, _saved.Depth); break;
            case 'T' | 'c' << 8: _state.CharacterSpacing = Last() ?? 0; break;
            case 'T' | 'w' << 8: _state.WordSpacing = Last() ?? 0; break;
            case 'T' | 'z' << 8: _state.Scaling = (Last() ?? 100) / 100; break;
            case 'T' | 'L' << 8: _state.Leading = Last() ?? 0; break;
            case 'T' | 's' << 8: _state.Rise = Last() ?? 0; break;
            case 'T' | 'r' << 8: _state.RenderingMode = (int)Math.Clamp(Last() ?? 0, 0, 7); break;
            case 'T' | 'f' << 8: SetFont(lexer.Content); break;
            case 'T' | 'd' << 8: _text.Move(_operands.Numbers(2)); break;
            case 'T' | 'D' << 8: _state.Leading = _operands.Numbers(2) is [_, var y] ? -y : _state.Leading; _text.Move(_operands.Numbers(2)); break;
            case 'T' | 'm' << 8: _text.Set(_operands.Numbers(6)); break;
            case 'T' | '*' << 8: _text.Move(0, -_state.Leading); break;
            case ('T' | 'j' << 8) or ('T' | 'J' << 8): Show(lexer.Content); break;
            case '\'': ShowOnNextLine(lexer.Content); break;
            case '"': SetSpacing(); ShowOnNextLine(lexer.Content); break;

            case 'm': _path.MoveTo(_state.Transform, _operands.Numbers(2)); break;
            case 'l': _path.LineTo(_state.Transform, _operands.Numbers(2)); break;
            case 'c': _path.CurveTo(_state.Transform, _operands.Numbers(6)); break;
            case 'v' or 'y': _path.CurveTo(_state.Transform, _operands.Numbers(4)); break;
            case 'h': _path.Close(); break;
            case 'r' | 'e' << 8: _path.AddRectangle(_state.Transform, _operands.Numbers(4)); break;
            case 'W' or ('W' | '*' << 8): _clips = true; break;
            case 'n': Paint(fill: false, stroke: false); break;
            case 'f' or 'F' or ('f' | '*' << 8): Paint(fill: true, stroke: false); break;
            case 'S': Paint(fill: false, stroke: true); break;
            case 's': _path.Close(); Paint(fill: false, stroke: true); break;
            case 'B' or ('B' | '*' << 8): Paint(fill: true, stroke: true); break;
            case 'b' or ('b' | '*' << 8): _path.Close(); Paint(fill: true, stroke: true); break;
            case 's' | 'h' << 8: PaintShading(); break;

            case 'g': _state.Fill.Set(ColorSpace.Gray, _operands.Numbers(1)); break;
            case 'G': _state.Stroke.Set(ColorSpace.Gray, _operands.Numbers(1)); break;
            case 'r' | 'g' << 8: _state.Fill.Set(ColorSpace.Rgb, _operands.Numbers(3)); break;
            case 'R' | 'G' << 8: _state.Stroke.Set(ColorSpace.Rgb, _operands.Numbers(3)); break;
            case 'k': _state.Fill.Set(ColorSpace.Cmyk, _operands.Numbers(4)); break;
            case 'K': _state.Stroke.Set(ColorSpace.Cmyk, _operands.Numbers(4)); break;
            case 'c' | 's' << 8: SetSpace(ref _state.Fill, lexer.Content); break;
            case 'C' | 'S' << 8: SetSpace(ref _state.Stroke, lexer.Content); break;
            case ('s' | 'c' << 8) or ('s' | 'c' << 8 | 'n' << 16): _state.Fill.Set(_operands.LastNumbers(32)); break;
            case ('S' | 'C' << 8) or ('S' | 'C' << 8 | 'N' << 16): _state.Stroke.Set(_operands.LastNumbers(32)); break;

            case 'D' | 'o' << 8: PaintObject(lexer.Content); break;
            case 'I' | 'D' << 8: PaintInlineImage(ref lexer); break;
            case ('B' | 'M' << 8 | 'C' << 16) or ('B' | 'D' << 8 | 'C' << 16):
                MarkedProperties.Begin(_marked, _operands, lexer.Content, _resources, _names, _optional, _formIds);
                break;
            case 'E' | 'M' << 8 | 'C' << 16: _marked.End(_keptMarks); break;
        }
    }

    private double? Last() => _operands.Numbers(1) is [var number] ? number : null;

    private string? LastName(ReadOnlySpan<byte> content) => _operands.Count > 0 && _operands[_operands.Count - 1] == OperandKind.Name ? _names[_operands.Bytes(_operands.Count - 1, content)] : null;

    private void Concatenate()
    {
        if (Matrix.From(_operands.Numbers(6)) is { } matrix)
        {
            _state.Transform = matrix.Then(_state.Transform);
        }
    }

    private void SetGraphicsState(ReadOnlySpan<byte> content)
    {
        if (LastName(content) is not { } name || _resources.Find("ExtGState", name, out _) is not PdfDictionary set)
        {
            return;
        }

        _state.LineWidth = set.Number("LW") ?? _state.LineWidth;
        _state.Fill.Alpha = (float)(set.Number("ca") ?? _state.Fill.Alpha);
        _state.Stroke.Alpha = (float)(set.Number("CA") ?? _state.Stroke.Alpha);
        if (set.Array("Font") is { Count: > 1 } font)
        {
            _state.Font = _fonts.Get(font.Raw(0), font[0] as PdfDictionary);
            _state.FontSize = font.Number(1) ?? _state.FontSize;
        }
    }

    private void SetFont(ReadOnlySpan<byte> content)
    {
        var name = _operands.Count - 2;
        if (name >= 0 && _operands[name] == OperandKind.Name && Last() is { } size)
        {
            _state.Font = _resources.Font(_names[_operands.Bytes(name, content)]);
            _state.FontSize = size;
            _work += _fontsRead.Add(_state.Font) ? FontWork + (_state.Font.CMapBytes / CMapBytesPerWork) : 0;
        }
    }

    private void SetSpacing()
    {
        if (_operands.Count >= 3 && _operands[_operands.Count - 3] == OperandKind.Number && _operands[_operands.Count - 2] == OperandKind.Number)
        {
            _state.WordSpacing = _operands.Number(_operands.Count - 3);
            _state.CharacterSpacing = _operands.Number(_operands.Count - 2);
        }
    }

    private void ShowOnNextLine(ReadOnlySpan<byte> content)
    {
        _text.Move(0, -_state.Leading);
        Show(content);
    }

    // an array lies flat among the operands
    private void Show(ReadOnlySpan<byte> content) => _work += _text.Show(_state, _state.Font ?? _fonts.Default, _operands, content) / BytesPerWork;

    private void SetSpace(ref Paint paint, ReadOnlySpan<byte> content)
    {
        if (LastName(content) is { } name)
        {
            paint.Space = _resources.ColorSpace(name);
            paint.Light = paint.Space.Initial;
        }
    }

    private void Paint(bool fill, bool stroke)
    {
        if (!_marked.IsHidden && (fill || stroke))
        {
            _painter.Paint(_path, _state, fill, stroke, !IsAnnotation);
            _clipText.Paint();
        }

        // the box around the clip path stands for it; a clip without a path is a slip of the writer's
        if (_clips && _path.Points.Length > 0)
        {
            _state.Clip = _state.Clip.Intersect(_path.Bounds.Grown(ClipSlack));
        }

        _clips = false;
        _path.Clear();
    }

    private void PaintObject(ReadOnlySpan<byte> content)
    {
        if (LastName(content) is not { } name || _resources.Find("XObject", name, out var written) is not PdfStream stream || _marked.IsHidden)
        {
            return;
        }

        var dictionary = stream.Dictionary;
        if (!_optional.IsVisible(dictionary.Raw("OC"), dictionary["OC"]))
        {
            return;
        }

        if (dictionary.Name("Subtype") == "Image")
        {
            PaintImage();
        }
        else if (dictionary.Name("Subtype") == "Form" || dictionary.Array("BBox") is not null)
        {
            Form(stream, (written as PdfReference)?.Number ?? 0, Matrix.Identity);
        }
    }

    private void PaintInlineImage(ref ContentLexer lexer)
    {
        _work += (int)(InlineImage.Skip(ref lexer, _operands) / BytesPerWork);
        if (!_marked.IsHidden)
        {
            PaintImage();
        }
    }

    // images fill the unit square (8.9.5.1)
    private void PaintImage()
    {
        _painter.Image(_state.Transform.Box(0, 0, 1, 1), _state.Clip, !IsAnnotation);
        _clipText.Paint();
    }

    private void PaintShading()
    {
        if (!_marked.IsHidden)
        {
            _background.Add(_state.Clip.Intersect(_page.Bounds), 0);
            _clipText.Paint();
        }
    }
}
