using Rag.Pdf.Files;

namespace Rag.Pdf.Content;

/// <summary>What annotations (12.5) add to a page: letters of appearances and form fields, and the comments of readers.</summary>
internal sealed class Annotations(ContentReader reader, PageContent page, Matrix transform, OptionalContent optional, FieldText fields)
{
    private const int Most = 20_000;
    private const int IsHidden = 2;
    private const int IsNotViewed = 32;

    /// <summary>Adds all annotations of a page.</summary>
    public void Read(PdfArray annotations, Resources resources)
    {
        reader.IsAnnotation = true;
        for (var i = 0; i < Math.Min(annotations.Count, Most); i++)
        {
            if (annotations[i] is PdfDictionary annotation && optional.IsVisible(annotation.Raw("OC"), annotation["OC"]))
            {
                Read(annotation, resources);
            }
        }
    }

    private void Read(PdfDictionary annotation, Resources resources)
    {
        var flags = annotation.Integer("F") ?? 0;
        if ((flags & (IsHidden | IsNotViewed)) != 0 || annotation.Array("Rect")?.Numbers(4) is not { } rect)
        {
            return;
        }

        switch (annotation.Name("Subtype"))
        {
            case "Link" or "Popup" or "Movie" or "Sound" or "Screen" or "3D" or "RichMedia" or "TrapNet":
                break;
            case "Widget":
                if (!Appearance(annotation, rect, resources))
                {
                    fields.Show(annotation, Box(rect));
                }

                break;
            case "FreeText":
                if (!Appearance(annotation, rect, resources) && annotation.Text("Contents") is { } contents)
                {
                    fields.Show(contents, 0, isMultiline: true, Box(rect));
                }

                break;
            case "Text" or "FileAttachment":
                Note(annotation, rect);
                break;
            default:
                Appearance(annotation, rect, resources);
                Note(annotation, rect);
                break;
        }
    }

    private Rectangle Box(double[] rect) => transform.Box(rect[0], rect[1], rect[2], rect[3]);

    private void Note(PdfDictionary annotation, double[] rect)
    {
        if (annotation.Text("Contents")?.Trim() is { Length: > 0 } text)
        {
            page.Notes.Add(new(text, Box(rect)));
        }
    }

    /// <summary>Runs the normal appearance (12.5.5): its box, turned by its matrix, is stretched to the annotation's rectangle.</summary>
    /// <returns>Whether it shows any text, or is of a kind that needs none.</returns>
    private bool Appearance(PdfDictionary annotation, double[] rect, Resources resources)
    {
        var before = page.Letters.Count;
        var (form, number) = Normal(annotation);
        if (form?.Dictionary.Array("BBox")?.Numbers(4) is not { } box)
        {
            return false;
        }

        var matrix = Matrix.From(form.Dictionary.Array("Matrix")) ?? Matrix.Identity;
        var (x0, y0, x1, y1) = (Math.Min(rect[0], rect[2]), Math.Min(rect[1], rect[3]), Math.Max(rect[0], rect[2]), Math.Max(rect[1], rect[3]));
        var turned = matrix.Box(box[0], box[1], box[2], box[3]);
        var sx = turned.Width > 0 ? (x1 - x0) / turned.Width : 1;
        var sy = turned.Height > 0 ? (y1 - y0) / turned.Height : 1;
        reader.Form(form, number, resources, new(sx, 0, 0, sy, x0 - (turned.X0 * sx), y0 - (turned.Y0 * sy)));
        return page.Letters.Count > before;
    }

    private static (PdfStream? Form, int Number) Normal(PdfDictionary annotation)
    {
        var appearances = annotation.Dictionary("AP");
        var (written, found) = (appearances?.Raw("N"), appearances?["N"]);
        if (found is PdfDictionary states)
        {
            var state = annotation.Name("AS") ?? "Off";
            (written, found) = (states.Raw(state), states[state]);
        }

        return (found as PdfStream, (written as PdfReference)?.Number ?? 0);
    }
}
