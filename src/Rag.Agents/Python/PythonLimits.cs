namespace Rag.Agents.Python;

/// <summary>How much one program may use. A limit that is reached ends the run with an error; no <c>except</c> of the program catches it.</summary>
public sealed record PythonLimits
{
    /// <summary>Most steps of one run, 1 to 10^12, by default 2,000,000. A simple statement and a turn of a loop are a step each; an operation on much (a sort, a product of long integers, a copy of a list) costs steps in proportion to its work.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public long MaxSteps
    {
        get;
        init => field = InRange(value, 1, 1_000_000_000_000);
    } = 2_000_000;

    /// <summary>Most bytes that the values of a program may take at one time, 64 KiB to 1 GiB, by default 64 MiB. It is asked before each allocation. Past it, the values still in use are measured, so what a loop has thrown away does not count.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public long MaxMemory
    {
        get;
        init => field = InRange(value, 65_536, 1L << 30);
    } = 64L << 20;

    /// <summary>Most calls within calls, and most levels of a value within values that is compared, hashed or written, 1 to 1,000, by default 100. Brackets and blocks in the text of a program nest at most 64 deep whatever this says.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int MaxDepth
    {
        get;
        init => field = (int)InRange(value, 1, 1000);
    } = 100;

    /// <summary>Most characters (UTF-16) that a program may print, 0 to 10^8, by default 10,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int MaxOutput
    {
        get;
        init => field = (int)InRange(value, 0, 100_000_000);
    } = 10_000;

    private static long InRange(long value, long least, long most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }
}
