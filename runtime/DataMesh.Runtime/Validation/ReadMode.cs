namespace DataMesh.Validation;

/// <summary>What a generated reader is to do.</summary>
public enum ReadMode
{
    /// <summary>Check a document and build nothing.</summary>
    Validate,

    /// <summary>Check a document and build the value.</summary>
    Parse,

    /// <summary>Build the value of a document that <see cref="Diagnosis.Unify"/> has checked and rewritten.</summary>
    Trust,
}
