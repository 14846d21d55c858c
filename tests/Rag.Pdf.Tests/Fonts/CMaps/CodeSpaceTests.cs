using Rag.Pdf.Fonts.CMaps;

namespace Rag.Pdf.Tests.Fonts.CMaps;

public sealed class CodeSpaceTests
{
    [Theory]
    [InlineData("00-80 8140-9FFC A0-DF E040-FCFC", "41", 1, 0x41u)]
    [InlineData("00-80 8140-9FFC A0-DF E040-FCFC", "8260", 2, 0x8260u)]
    [InlineData("00-80 8140-9FFC A0-DF E040-FCFC", "B1B2", 1, 0xB1u)]
    [InlineData("00-7F 81308130-FE39FE39 8140-FEFE", "8130813041", 4, 0x81308130u)]
    [InlineData("00-7F 81308130-FE39FE39 8140-FEFE", "814041", 2, 0x8140u)]
    [InlineData("0000-D7FF D800DC00-DBFFDFFF E000-FFFF", "D83DDE00", 4, 0xD83DDE00u)]
    [InlineData("0000-D7FF D800DC00-DBFFDFFF E000-FFFF", "004100", 2, 0x41u)]
    public void Next_cuts_by_the_ranges(string ranges, string text, int length, uint code)
    {
        var taken = CodeSpace.Of(ranges).Next(Convert.FromHexString(text), out var read);

        Assert.Equal((length, code), (taken, read));
    }

    [Theory]
    [InlineData("00-80 8140-9FFC", "FF41", 1)] // begins like none: as long as the shortest
    [InlineData("0000-7FFF 800000-FFFFFF", "8000", 2)] // the string ends too early
    [InlineData("2121-7E7E", "0041", 2)]
    [InlineData("2121-7E7E", "00", 1)]
    public void Next_takes_something_whatever_the_bytes(string ranges, string text, int length) =>
        Assert.Equal(length, CodeSpace.Of(ranges).Next(Convert.FromHexString(text), out _));

    [Fact]
    public void CodeSpace_without_ranges_has_codes_of_two_bytes()
    {
        Assert.True(new CodeSpace([]).IsTwoBytes);
        Assert.False(CodeSpace.Of("00-80 8140-9FFC").IsTwoBytes);
    }
}
