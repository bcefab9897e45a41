// crewjam/saml, over goxmldsig: rules and claims of one response; the median of processor time in microseconds.
package main

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"syscall"

	"github.com/crewjam/saml"
)

func fail(err error) {
	if err != nil {
		if invalid, ok := err.(*saml.InvalidResponseError); ok {
			err = invalid.PrivateErr
		}
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Processor time of this process, in microseconds.
func spent() float64 {
	var usage syscall.Rusage
	fail(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return float64(usage.Utime.Sec+usage.Stime.Sec)*1e6 + float64(usage.Utime.Usec+usage.Stime.Usec)
}

func main() {
	folder := os.Args[1]
	text, err := os.ReadFile(filepath.Join(folder, "response.xml"))
	fail(err)
	metadata, err := os.ReadFile(filepath.Join(folder, "provider.xml"))
	fail(err)
	var provider saml.EntityDescriptor
	fail(xml.Unmarshal(metadata, &provider))
	acs, err := url.Parse("https://signin.aws.amazon.com/saml")
	fail(err)
	service := saml.ServiceProvider{
		EntityID:          "urn:amazon:webservices",
		AcsURL:            *acs,
		IDPMetadata:       &provider,
		AllowIDPInitiated: true,
	}
	var times []float64
	for i := 0; i < 200; i++ {
		start := spent()
		assertion, err := service.ParseXMLResponse(text, nil, *acs)
		fail(err)
		if len(assertion.AttributeStatements) == 0 {
			fail(fmt.Errorf("no attributes"))
		}
		times = append(times, spent()-start)
	}
	times = times[20:]
	sort.Float64s(times)
	fmt.Printf("%.1f\n", times[len(times)/2])
}
