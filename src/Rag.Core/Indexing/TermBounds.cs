namespace Rag.Indexing;

/// <summary>The most that terms can add to a chunk, the smallest first, and what each and all before it add together.</summary>
/// <param name="capacity">How many terms there can be.</param>
internal sealed class TermBounds(int capacity)
{
    private readonly int[] _terms = new int[capacity];
    private readonly double[] _most = new double[capacity];
    private readonly double[] _together = new double[capacity];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The number of the term at a place.</summary>
    public int this[int place] => _terms[place];

    /// <summary>What the term at a place adds.</summary>
    public double Most(int place) => _most[place];

    /// <summary>What the terms before a place add together.</summary>
    public double Before(int place) => place > 0 ? _together[place - 1] : 0;

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;

    /// <summary>Takes a term.</summary>
    public void Add(int term, double most)
    {
        var place = Count++;
        for (; place > 0 && _most[place - 1] > most; place--)
        {
            (_most[place], _terms[place]) = (_most[place - 1], _terms[place - 1]);
        }

        (_most[place], _terms[place]) = (most, term);
    }

    /// <summary>Adds up, when all are there.</summary>
    public void Sum()
    {
        var sum = 0.0;
        for (var i = 0; i < Count; i++)
        {
            _together[i] = sum += _most[i];
        }
    }
}
