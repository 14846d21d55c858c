using Rag.Citations;

namespace Rag.Core.Tests.Citations;

public sealed class CitationMarkTests
{
    [Theory]
    [InlineData("A. [1]", "[1]:1")]
    [InlineData("A. [1, 2]", "[1, 2]:1,2")]
    [InlineData("A. [1][2]", "[1]:1 [2]:2")]
    [InlineData("A. [ 3 ; 4 ]", "[ 3 ; 4 ]:3,4")]
    [InlineData("A. [99999999999999999999]", "[99999999999999999999]:0")]
    [InlineData("A. [] [a] [1a] [-1] [1,] (1) [1", "")]
    [InlineData("A. [[7]]", "[[7]]:7")]
    public void Parse_finds_brackets_of_numbers(string text, string expected)
    {
        var marks = CitationMark.Parse(text).Select(mark => $"{mark.Span.Of(text)}:{string.Join(',', mark.Numbers)}");

        Assert.Equal(expected, string.Join(' ', marks));
    }
}
