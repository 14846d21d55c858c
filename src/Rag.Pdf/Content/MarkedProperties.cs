using Rag.Pdf.Files;

namespace Rag.Pdf.Content;

/// <summary>What an operator that begins marked content says (14.6.2): a dictionary among its operands, or one in the resources.</summary>
internal static class MarkedProperties
{
    /// <summary>Opens the sequence of a BMC or BDC.</summary>
    public static void Begin(MarkedContent marked, Operands operands, ReadOnlySpan<byte> content, Resources resources, NameTable names, OptionalContent optional, int ids)
    {
        var tag = operands.Count > 0 && operands[0] == OperandKind.Name ? operands.Bytes(0, content) : default;
        var flags = tag.SequenceEqual("Artifact"u8) ? LetterFlags.Artifact : LetterFlags.None;
        if (operands.Count == 2 && operands[1] == OperandKind.Name)
        {
            var found = resources.Find("Properties", names[operands.Bytes(1, content)], out var written);
            var isHidden = tag.SequenceEqual("OC"u8) && !optional.IsVisible(written, found);
            var properties = found as PdfDictionary;
            marked.Begin(Id(properties?.Number("MCID"), ids), flags, isHidden, marked.TakesText ? properties?.Text("ActualText") : null);
            return;
        }

        var id = operands.Find("MCID"u8, content);
        var text = operands.Find("ActualText"u8, content);
        marked.Begin(
            Id(id >= 0 && operands[id] == OperandKind.Number ? operands.Number(id) : null, ids),
            flags,
            isHidden: false,
            text >= 0 && operands[text] == OperandKind.Text ? TextString.Decode(operands.Bytes(text, content)) : null);
    }

    private static int? Id(double? written, int ids) => written is >= 0 and < PageContent.FormStride and var id ? ids + (int)id : null;
}
