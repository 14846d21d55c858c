using System.Collections.Frozen;

namespace Rag.Agents.Tools.Calculation;

/// <summary>What a quantity measures: powers of the base quantities.</summary>
internal readonly record struct Dimension(int Length = 0, int Mass = 0, int Time = 0, int Temperature = 0, int Memory = 0)
{
    public Dimension Times(Dimension other, int power = 1) => new(
        Length + (power * other.Length), Mass + (power * other.Mass), Time + (power * other.Time), Temperature + (power * other.Temperature), Memory + (power * other.Memory));

    /// <summary>In base units, such as <c>m/s^2</c>; empty for a plain number.</summary>
    public override string ToString()
    {
        (string Name, int Power)[] parts = [("m", Length), ("kg", Mass), ("s", Time), ("K", Temperature), ("byte", Memory)];
        var above = string.Join(' ', parts.Where(p => p.Power > 0).Select(p => Write(p.Name, p.Power)));
        return above + string.Concat(parts.Where(p => p.Power < 0).Select(p => $"{(above.Length == 0 ? "1" : "")}/{Write(p.Name, -p.Power)}"));

        static string Write(string name, int power) => power == 1 ? name : FormattableString.Invariant($"{name}^{power}");
    }
}

/// <summary>A unit of measurement.</summary>
/// <param name="Name">As it is shown.</param>
/// <param name="Size">How many base units it is.</param>
/// <param name="Dimension">What it measures.</param>
/// <param name="Zero">Where its scale begins, in units of itself; 0 but for degrees.</param>
internal sealed record Unit(string Name, Rational Size, Dimension Dimension, Rational Zero = default)
{
    private static readonly Dimension Length = new(Length: 1), Area = new(Length: 2), Volume = new(Length: 3), Mass = new(Mass: 1), Time = new(Time: 1), Speed = new(Length: 1, Time: -1), Temperature = new(Temperature: 1), Memory = new(Memory: 1);

    private static readonly Rational Inch = new(254, 10_000), Foot = 12 * Inch, Mile = 5280 * Foot, Pound = new(45_359_237, 100_000_000), Litre = new(1, 1000), Gallon = 231 * Inch * Inch * Inch, Hour = 3600;

    // International yard and pound (1959); US gallon and its parts; decimal bytes beside binary ones (IEC 80000-13).
    private static readonly FrozenDictionary<string, Unit> ByName = All().SelectMany(u => u.Names.Split(' ').Select(name => (name, u.Unit))).ToFrozenDictionary(u => u.name, u => u.Unit);

    private static readonly FrozenDictionary<string, Unit> ByFoldedName =
        ByName.GroupBy(u => u.Key.ToLowerInvariant()).Where(g => g.Select(u => u.Value).Distinct().Count() == 1).ToFrozenDictionary(g => g.Key, g => g.First().Value);

    /// <summary>The unit of that name, in any case where the case says nothing; <see langword="null"/> where there is none.</summary>
    public static Unit? Find(string name) => ByName.GetValueOrDefault(name) ?? ByFoldedName.GetValueOrDefault(name.ToLowerInvariant());

    private static IEnumerable<(string Names, Unit Unit)> All() =>
    [
        Of("nm nanometer nanometers nanometre nanometres", new(1, 1_000_000_000), Length),
        Of("µm um micrometer micrometers micrometre micrometres", new(1, 1_000_000), Length),
        Of("mm millimeter millimeters millimetre millimetres", new(1, 1000), Length),
        Of("cm centimeter centimeters centimetre centimetres", new(1, 100), Length),
        Of("dm decimeter decimeters decimetre decimetres", new(1, 10), Length),
        Of("m meter meters metre metres", 1, Length),
        Of("km kilometer kilometers kilometre kilometres", 1000, Length),
        Of("in inch inches", Inch, Length),
        Of("ft foot feet", Foot, Length),
        Of("yd yard yards", 3 * Foot, Length),
        Of("mi mile miles", Mile, Length),
        Of("nmi", 1852, Length),
        Of("ha hectare hectares", 10_000, Area),
        Of("acre acres", 43_560 * Foot * Foot, Area),
        Of("sqm", 1, Area),
        Of("sqkm", 1_000_000, Area),
        Of("sqft", Foot * Foot, Area),
        Of("sqmi", Mile * Mile, Area),
        Of("ml mL milliliter milliliters millilitre millilitres", new(1, 1_000_000), Volume),
        Of("cl cL centiliter centiliters centilitre centilitres", new(1, 100_000), Volume),
        Of("dl dL deciliter deciliters decilitre decilitres", new(1, 10_000), Volume),
        Of("l L liter liters litre litres", Litre, Volume),
        Of("gal gallon gallons", Gallon, Volume),
        Of("qt quart quarts", Gallon * new Rational(1, 4), Volume),
        Of("pt pint pints", Gallon * new Rational(1, 8), Volume),
        Of("cup cups", Gallon * new Rational(1, 16), Volume),
        Of("floz", Gallon * new Rational(1, 128), Volume),
        Of("tbsp tablespoon tablespoons", Gallon * new Rational(1, 256), Volume),
        Of("tsp teaspoon teaspoons", Gallon * new Rational(1, 768), Volume),
        Of("mg milligram milligrams", new(1, 1_000_000), Mass),
        Of("g gram grams", new(1, 1000), Mass),
        Of("kg kilogram kilograms", 1, Mass),
        Of("t tonne tonnes", 1000, Mass),
        Of("lb lbs pound pounds", Pound, Mass),
        Of("oz ounce ounces", Pound * new Rational(1, 16), Mass),
        Of("st stone stones", 14 * Pound, Mass),
        Of("ms millisecond milliseconds", new(1, 1000), Time),
        Of("s sec second seconds", 1, Time),
        Of("min minute minutes", 60, Time),
        Of("h hr hrs hour hours", Hour, Time),
        Of("d day days", 24 * Hour, Time),
        Of("week weeks", 168 * Hour, Time),
        Of("mph", Mile / Hour, Speed),
        Of("kmh kph", 1000 / Hour, Speed),
        Of("kn knot knots", 1852 / Hour, Speed),
        Of("K kelvin", 1, Temperature),
        Of("°C C celsius degC", 1, Temperature, new(27_315, 100)),
        Of("°F F fahrenheit degF", new(5, 9), Temperature, new(45_967, 100)),
        Of("bit bits b", new(1, 8), Memory),
        Of("kbit", 125, Memory), Of("Mbit", 125_000, Memory), Of("Gbit", 125_000_000, Memory),
        Of("B byte bytes", 1, Memory),
        Of("kB KB", 1000, Memory), Of("MB", 1_000_000, Memory), Of("GB", 1_000_000_000, Memory), Of("TB", 1_000_000_000_000, Memory),
        Of("KiB", 1L << 10, Memory), Of("MiB", 1L << 20, Memory), Of("GiB", 1L << 30, Memory), Of("TiB", 1L << 40, Memory),
    ];

    private static (string, Unit) Of(string names, Rational size, Dimension dimension, Rational zero = default) => (names, new(names.Split(' ')[0], size, dimension, zero));
}
