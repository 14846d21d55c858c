using Rag.Pdf.Files;

namespace Rag.Pdf.Tests.Files;

public sealed class PdfDictionaryTests
{
    [Fact]
    public void Number_of_another_type_is_absent()
    {
        var dictionary = new PdfDictionary(new Dictionary<string, PdfObject?> { ["Count"] = new PdfNumber(3), ["Type"] = new PdfName("Page") }, Direct.Objects);

        Assert.Equal(3, dictionary.Integer("Count"));
        Assert.Null(dictionary.Integer("Type"));
        Assert.Null(dictionary.Integer("Missing"));
    }
}
