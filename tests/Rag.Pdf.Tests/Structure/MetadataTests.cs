using Rag.Pdf.Structure;
using Rag.Pdf.Tests.Files;

namespace Rag.Pdf.Tests.Structure;

public sealed class MetadataTests
{
    private const string Xmp = """
        <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" pdf:Producer="Maker">
        <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Default title</rdf:li><rdf:li xml:lang="de">Titel</rdf:li></rdf:Alt></dc:title>
        <dc:creator><rdf:Seq><rdf:li>Ada</rdf:li><rdf:li>Bob</rdf:li></rdf:Seq></dc:creator>
        <dc:language><rdf:Bag><rdf:li>fr</rdf:li></rdf:Bag></dc:language>
        </rdf:Description></rdf:RDF></x:xmpmeta>
        """;

    [Fact]
    public void Xmp_says_what_the_information_dictionary_does_not()
    {
        var metadata = Read(Xmp, "/Title (untitled) /Subject (Filing)");

        Assert.Equal(new() { Title = "Default title", Author = "Ada, Bob", Subject = "Filing", Producer = "Maker", Language = "fr" }, metadata);
    }

    [Fact]
    public void Information_dictionary_and_catalogue_come_first()
    {
        var metadata = Read(Xmp, "/Title (Title) /Author (Eve)", "/Lang (en-GB)");

        Assert.Equal(("Title", "Eve", "en-GB"), (metadata.Title, metadata.Author, metadata.Language));
    }

    [Theory]
    [InlineData("/CreationDate (D:20210304235900-08'00')", "2021-03-04")]
    [InlineData("/CreationDate (20210304)", "2021-03-04")]
    [InlineData("/CreationDate (D:2021)", null)]
    [InlineData("/CreationDate (D:20211399)", null)]
    [InlineData("", null)]
    public void The_day_of_making_is_that_of_the_maker(string information, string? day) => Assert.Equal(day, Read(Xmp, information).Created?.ToString("yyyy-MM-dd"));

    [Fact]
    public void The_day_of_making_is_read_from_xmp_where_the_dictionary_has_none() =>
        Assert.Equal(new(2020, 2, 1), Read(Xmp.Replace("<dc:title>", "<xmp:CreateDate xmlns:xmp='http://ns.adobe.com/xap/1.0/'>2020-02-01T10:00:00Z</xmp:CreateDate><dc:title>", StringComparison.Ordinal), "").Created);

    [Theory]
    [InlineData("")]
    [InlineData("no xml")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")]
    public void Damaged_xmp_is_passed_over(string xmp)
    {
        Assert.Equal("T", Read(xmp, "/Title (T)").Title);
    }

    [Fact]
    public void Xmp_that_is_cut_gives_what_it_has()
    {
        Assert.Equal("Default title", Read(Xmp[..^160], "").Title);
    }

    private static PdfMetadata Read(string xmp, string information, string catalog = "")
    {
        var pdf = new PdfWriter();
        pdf.AddPage("");
        pdf.TrailerEntries = $"/Info {pdf.Add($"<< {information} >>")} 0 R";
        pdf.CatalogEntries = $"{catalog} /Metadata {pdf.AddStream(xmp)} 0 R";
        var file = new Opened(pdf.ToBytes()).File;
        return Metadata.Read(file.Catalog, file.Information, new());
    }
}
