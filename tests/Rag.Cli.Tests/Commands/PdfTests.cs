using System.Text.Json;
using Rag.Testing;

namespace Rag.Cli.Tests.Commands;

/// <summary>PDFs from the file to the citation.</summary>
public sealed class PdfTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _pdf;

    public PdfTests()
    {
        var pdf = new PdfWriter();
        var font = $"/Font << /F1 {pdf.AddFont()} 0 R >>";
        var image = pdf.AddStream(new byte[64], "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8");
        pdf.AddPage("BT /F1 12 Tf 72 720 Td (The lighthouse has a lamp of brass.) Tj ET", font);
        pdf.AddPage("BT /F1 12 Tf 72 700 Td (The keeper of the lighthouse was Maria Santos.) Tj ET", font);
        pdf.AddPage("q 612 0 0 792 0 0 cm /Im Do Q", $"/XObject << /Im {image} 0 R >>");
        _pdf = Path.Combine(_workspace.Docs, "lighthouse.pdf");
        File.WriteAllBytes(_pdf, pdf.ToBytes());
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Read_gives_pages_boxes_and_warnings()
    {
        var run = await Run.RagAsync("read", _pdf, "--json");

        Assert.Equal((0, 3), (run.Code, run.Json.Number("pages")));
        var block = run.Json.GetProperty("blocks")[1];
        Assert.Equal(2, block.Number("page"));
        Assert.Equal(72, block.GetProperty("box")[0].GetDouble(), 1d);
        Assert.StartsWith("Page 3 is a scanned image without text.", Assert.Single(run.Json.GetProperty("warnings").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Contains("lighthouse.pdf: Page 3 is a scanned image", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_opens_encrypted_files_with_their_password()
    {
        var locked = Path.Combine(SharedData.Checkout(), "Rag.Pdf.Tests", "Files", "Encrypted", "r6-aes-256.pdf");

        (await Run.RagAsync("read", locked)).AssertComplains(1, "--password");
        (await Run.RagAsync("read", locked, "--password", "wrong")).AssertComplains(1, "--password");
        Assert.Equal(0, (await Run.RagAsync("read", locked, "--password", "user")).Code);
    }

    [Fact]
    public async Task Ingest_lists_what_was_left_out()
    {
        var json = (await Run.RagAsync("ingest", _pdf, "--store", _workspace.Store, "--json")).Json;
        var people = await Run.RagAsync("ingest", _pdf, "--store", _workspace.Store + "2");

        var warning = json.GetProperty("warnings").AssertArrayOf("path", "message")[0];
        Assert.Equal(_pdf, warning.Text("path"));
        Assert.Contains("Page 3 is a scanned image", warning.Text("message"), StringComparison.Ordinal);
        Assert.Contains($"{_pdf}: Page 3 is a scanned image", people.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_cites_the_page_and_the_place_of_the_quote()
    {
        await Run.RagAsync("ingest", _pdf, "--store", _workspace.Store);

        var run = await Run.RagAsync("ask", "Who was the keeper of the lighthouse?", "--store", _workspace.Store, "--json");
        var people = await Run.RagAsync("ask", "Who was the keeper of the lighthouse?", "--store", _workspace.Store);

        var citation = run.Json.GetProperty("citations")[0];
        Assert.Equal((2, "The keeper of the lighthouse was Maria Santos."), (citation.Number("page"), citation.Text("quote")));
        double[] box = [.. Assert.Single(citation.GetProperty("boxes").EnumerateArray()).EnumerateArray().Select(n => n.GetDouble())];
        Assert.Equal((5, 2d), (box.Length, box[0]));
        Assert.InRange(box[1], 71, 73);
        Assert.InRange(box[2], 792 - 700 - 12, 792 - 700 - 6);
        Assert.InRange(box[4], 792 - 700, 792 - 700 + 5);
        Assert.Contains("lighthouse.pdf, page 2", people.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_shows_the_page()
    {
        await Run.RagAsync("ingest", _pdf, "--store", _workspace.Store);

        var json = (await Run.RagAsync("search", "Santos", "--store", _workspace.Store, "--json")).Json;
        var people = await Run.RagAsync("search", "Santos", "--store", _workspace.Store, "--why");

        Assert.All(json.EnumerateArray(), hit => Assert.Equal(JsonValueKind.Number, hit.GetProperty("page").ValueKind));
        Assert.Contains("lighthouse.pdf, page", people.Out, StringComparison.Ordinal);
    }
}
