using Rag.Indexing;

namespace Rag.Core.Tests.Indexing;


public sealed class KeywordModelTests
{
    [Theory]
    [InlineData(-0.1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_parameter_out_of_its_range_is_refused(float value)
    {
        var model = KeywordModel.Default;

        AssertRefused("K1", () => model with { K1 = value });
        AssertRefused("K1", () => new KeywordModel("x", model.AnalyzerFor, value, 0.5f, QuantizedLengths: false));
        AssertRefused("B", () => model with { B = value });
        AssertRefused("B", () => new KeywordModel("x", model.AnalyzerFor, 1, value, QuantizedLengths: false));
        AssertRefused("LengthPrior", () => model with { LengthPrior = value });
        AssertRefused("Proximity", () => model with { Proximity = value });
        AssertRefused("Mu", () => model with { Mu = value });
    }

    [Fact]
    public void Each_range_has_its_ends()
    {
        var model = KeywordModel.Default with { K1 = 0, B = 0, TitleWeight = 1, LengthPrior = 0, Proximity = 0, Mu = null };

        Assert.Equal((0f, 1f, 1), (model.K1, (model with { B = 1 }).B, model.TitleWeight));
        AssertRefused("B", () => model with { B = 1.01f });
        AssertRefused("Mu", () => model with { Mu = 0 });
        AssertRefused("TitleWeight", () => model with { TitleWeight = 0 });
        Assert.StartsWith("TitleWeight of a keyword model is -2; give a whole number of 1 or more.", AssertRefused("TitleWeight", () => model with { TitleWeight = -2 }).Message, StringComparison.Ordinal);
    }

    private static ArgumentOutOfRangeException AssertRefused(string parameter, Func<object> make) => Assert.Throws<ArgumentOutOfRangeException>(parameter, make);
}
