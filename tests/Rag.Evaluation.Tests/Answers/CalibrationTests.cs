using System.Xml.Linq;
using Rag.Evaluation.Answers;
using Rag.Evaluation.Reports;

namespace Rag.Evaluation.Tests.Answers;

public sealed class CalibrationTests
{
    private static readonly Calibration Sample = Calibration.Of([(0.02, false), (0.08, true), (0.55, true), (0.95, true), (1, true)]);

    [Fact]
    public void Answers_are_grouped_by_tenths_of_confidence()
    {
        Assert.Equal([2, 1, 2], Sample.Groups.Select(g => g.Answers));
        Assert.Equal([0.5, 1, 1], Sample.Groups.Select(g => g.Right));
        Assert.Equal([0.05, 0.55, 0.975], Sample.Groups.Select(g => Math.Round(g.Confidence, 12)));
        Assert.Equal(((2 * 0.45) + 0.45 + (2 * 0.025)) / 5, Sample.Error, 12);
        Assert.Equal(0, Calibration.Of([]).Error);
    }

    [Fact]
    public void The_drawing_has_a_circle_for_each_group()
    {
        XNamespace svg = "http://www.w3.org/2000/svg";

        Assert.Equal(3, XElement.Parse(CalibrationPlot.Of(Sample)).Elements(svg + "circle").Count());
    }
}
