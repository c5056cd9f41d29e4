namespace DataMesh.Cue.Values;

/// <summary>Errors that read the same: copies of a vertex have the same path.</summary>
internal sealed class SameError : IEqualityComparer<Bottom>
{
    public static readonly SameError Instance = new();

    public bool Equals(Bottom? x, Bottom? y) =>
        ReferenceEquals(x, y)
        || (x is not null && y is not null && x.Code == y.Code && string.Equals(x.Message, y.Message, StringComparison.Ordinal)
            && x.Place == y.Place && string.Equals(x.Path, y.Path, StringComparison.Ordinal));

    public int GetHashCode(Bottom obj) => StringComparer.Ordinal.GetHashCode(obj.Message);
}

/// <summary>Atoms that are the same point of the lattice.</summary>
internal sealed class SameAtom : IEqualityComparer<Constant>
{
    public static readonly SameAtom Instance = new();

    public bool Equals(Constant? x, Constant? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.SameAs(y));

    public int GetHashCode(Constant obj) => obj switch
    {
        StringConstant text => StringComparer.Ordinal.GetHashCode(text.Value),
        NumberConstant number => number.Value.GetHashCode(),
        BytesConstant bytes => bytes.Value.Length,
        _ => (int)obj.Kind,
    };
}
