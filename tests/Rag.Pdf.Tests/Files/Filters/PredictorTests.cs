using Rag.Pdf.Files;
using Rag.Pdf.Files.Filters;

namespace Rag.Pdf.Tests.Files.Filters;

public sealed class PredictorTests
{
    [Theory]
    [InlineData(0, new byte[] { 10, 20, 30, 40 })]
    [InlineData(1, new byte[] { 10, 30, 60, 100 })]
    [InlineData(2, new byte[] { 11, 22, 33, 44 })]
    [InlineData(3, new byte[] { 10, 26, 44, 64 })]
    [InlineData(4, new byte[] { 11, 31, 61, 101 })]
    [InlineData(9, new byte[] { 10, 20, 30, 40 })]
    public void Png_row_says_how_it_was_filtered(byte type, byte[] expected)
    {
        // ISO/IEC 15948, 9.2, by hand
        byte[] bytes = [0, 1, 2, 3, 4, type, 10, 20, 30, 40];

        var length = Predictor.Undo(bytes, 12, Parameters(columns: 4));

        Assert.Equal([1, 2, 3, 4, .. expected], bytes[..length]);
    }

    [Fact]
    public void Png_left_is_the_same_component_of_the_pixel_before()
    {
        byte[] bytes = [1, 1, 2, 3, 1, 1, 1];

        var length = Predictor.Undo(bytes, 15, Parameters(columns: 2, colors: 3));

        Assert.Equal([1, 2, 3, 2, 3, 4], bytes[..length]);
    }

    [Fact]
    public void Png_last_row_may_be_cut_off()
    {
        byte[] bytes = [0, 1, 2, 3, 4, 2, 10];

        Assert.Equal(5, Predictor.Undo(bytes, 12, Parameters(columns: 4)));
        Assert.Equal(11, bytes[4]);
    }

    [Theory]
    [InlineData(8, new byte[] { 1, 1, 1, 1, 5, 1, 1, 1 }, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 })]
    [InlineData(16, new byte[] { 0, 255, 0, 1, 0, 1, 0, 1 }, new byte[] { 0, 255, 1, 0, 1, 1, 1, 2 })]
    [InlineData(4, new byte[] { 0x12, 0x34, 0xFF, 0x10 }, new byte[] { 0x13, 0x6A, 0xFE, 0xFF })]
    [InlineData(1, new byte[] { 0b1100_0000 }, new byte[] { 0b1000_0000 })]
    public void Tiff_component_is_the_difference_to_the_pixel_before(int bits, byte[] bytes, byte[] expected)
    {
        Predictor.Undo(bytes, 2, Parameters(columns: bits == 1 ? 8 : 4, bits: bits));

        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(2)]
    public void Undo_takes_any_parameters(int predictor)
    {
        foreach (var columns in new[] { -1, 0, 1, int.MaxValue })
        {
            foreach (var colors in new[] { -1, 0, 4, int.MaxValue })
            {
                foreach (var bits in new[] { -1, 1, 2, 16, 77 })
                {
                    Predictor.Undo(new byte[50], predictor, Parameters(columns, colors, bits));
                }
            }
        }
    }

    private static PdfDictionary Parameters(int columns, int colors = 1, int bits = 8) => new(
        new Dictionary<string, PdfObject?> { ["Columns"] = new PdfNumber(columns), ["Colors"] = new PdfNumber(colors), ["BitsPerComponent"] = new PdfNumber(bits) },
        Direct.Objects);
}
